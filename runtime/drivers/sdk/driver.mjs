// Drives the official npm SDK as driver.py does the Python one: the same lines, the same words, but no attach.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ApiKeyCredential, BoxliteRestOptions, JsBoxlite } from '@boxlite-ai/boxlite';

class Absent extends Error {
  name = 'Absent';
}

let runtime;
const boxes = new Map();
const executions = new Map();

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const decoded = (text) => Buffer.from(text, 'base64');
const encoded = (text) => Buffer.from(text).toString('base64');

async function boxOf(text) {
  const held = boxes.get(text);
  if (held) return held;
  const box = await runtime.get(text);
  if (box === null) throw new Absent(`get(${JSON.stringify(text)}) is null`);
  if (!boxes.has(box.id)) boxes.set(box.id, box);
  return box;
}

/** Keys as the SDK has them: `execErrorsTotal` for `exec_errors_total`. */
const snake = (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const shown = ({ id, name, state, image, createdAt }) => ({
  ...{ id, name: name ?? null, status: state.status, pid: state.pid ?? null, image, created_at: createdAt },
  ...('exitCode' in state ? { exit_code: state.exitCode } : {}),
});

async function drained(stream, use) {
  for (let text = await stream.next(); text !== null; text = await stream.next()) use(text);
}

async function ended(execution) {
  const told = { out: '', err: '' };
  const streams = { out: await execution.stdout(), err: await execution.stderr() };
  const reading = Object.entries(streams).map(([key, stream]) =>
    drained(stream, (text) => {
      told[key] += text;
    }),
  );
  const [result] = await Promise.all([execution.wait(), ...reading]);
  const { exitCode: code, errorMessage: error = null } = result;
  return { out: encoded(told.out), err: encoded(told.err), code, error };
}

const started = async ({ box, command, args, env, cwd, timeout }) =>
  (await boxOf(box)).exec(command, args, env && Object.entries(env), false, null, timeout, cwd);

/** An execution with its input, which ends when it is let go of. */
const held = async (execution) => ({ execution, stdin: await execution.stdin() });

const executionOf = (name) => executions.get(name).execution;

async function inScratch(use) {
  const scratch = await mkdtemp(join(tmpdir(), 'boxcheck-sdk-'));
  return use(scratch).finally(() => rm(scratch, { recursive: true, force: true }));
}

const methods = {
  connect: async ({ url, key, prefix }) => {
    const credential = key === undefined ? undefined : new ApiKeyCredential(key);
    runtime = JsBoxlite.rest(new BoxliteRestOptions({ url, credential, pathPrefix: prefix }));
  },
  create: async ({ name, env = {}, rootfs_path: rootfsPath, image, cmd }) => {
    const pairs = Object.entries(env).map(([key, value]) => ({ key, value }));
    const box = await runtime.create({ rootfsPath, image, cmd, env: pairs, detach: true }, name);
    boxes.set(box.id, box);
    return { id: box.id };
  },
  start: async ({ box }) => (await boxOf(box)).start(),
  stop: async ({ box }) => (await boxOf(box)).stop(),
  remove: ({ box, force }) => runtime.remove(box, force),
  inspect: async ({ box }) => {
    const info = await runtime.getInfo(box);
    if (info === null) throw new Absent(`getInfo(${JSON.stringify(box)}) is null`);
    return shown(info);
  },
  list_boxes: async () => (await runtime.listInfo()).map(shown),
  metrics: async ({ box }) => {
    const told = await (await boxOf(box)).metrics();
    return Object.fromEntries(Object.entries(told).map(([key, value]) => [snake(key), value]));
  },
  execute: async ({ stdin, ...command }) => {
    const execution = await started(command);
    const reading = ended(execution);
    const feed = async () => {
      const pipe = await execution.stdin();
      if (stdin) await pipe.write(decoded(stdin));
      await pipe.close();
    };
    // The command may have ended before it has read everything.
    await feed().catch(() => {});
    return reading;
  },
  spawn: async ({ held_as: name, ...command }) => {
    const one = await held(await started(command));
    executions.set(name, one);
    return { id: await one.execution.id() };
  },
  follow: ({ execution }) => ended(executionOf(execution)),
  wait: async ({ execution }) => {
    const { exitCode: code, errorMessage: error = null } = await executionOf(execution).wait();
    return { code, error };
  },
  signal: ({ execution, signal }) => executionOf(execution).signal(signal),
  kill: ({ execution }) => executionOf(execution).kill(),
  resize: ({ execution, rows, cols }) => executionOf(execution).resizeTty(rows, cols),
  // Up to 0.10.0 it copies into the directory that it is told, whatever it copies.
  copy_in: ({ box, path, data }) =>
    inScratch(async (scratch) => {
      const file = join(scratch, basename(path) || 'file');
      await writeFile(file, decoded(data));
      await (await boxOf(box)).copyIn(file, path && dirname(path));
    }),
  copy_out: ({ box, path }) =>
    inScratch(async (scratch) => {
      const file = join(scratch, 'got');
      await (await boxOf(box)).copyOut(path, file);
      const isFile = await stat(file).then(
        (found) => found.isFile(),
        () => false,
      );
      return { data: isFile ? (await readFile(file)).toString('base64') : null };
    }),
};

async function answer({ id, method, ...request }) {
  try {
    say({ id, ok: (await methods[method](request)) ?? null });
  } catch (error) {
    say({ id, error: { kind: error.name, code: error.code ?? null, message: error.message } });
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => answer(JSON.parse(line)))
  .on('close', () => process.exit(0));
