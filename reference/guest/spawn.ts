import { defect } from '../defects/switch.ts';
import { type ProcessSpec, SpawnError } from '../vm/port.ts';
import { shellPath } from './disk/disk.ts';
import type { Files } from './disk/files.ts';
import { GuestProcess, INT } from './process.ts';
import { idsOf } from './users.ts';
import { type Call, Complaint, type Workload, workloads } from './workloads.ts';

/** What a guest lends to its processes. */
type Lent = Omit<Call, 'by' | 'env' | 'cwd'>;

/**
 * Starts a process from outside the guest.
 * @throws SpawnError when its program or its directory is not what it should be.
 */
export function spawn(lent: Lent, id: string, spec: ProcessSpec): GuestProcess {
  const argv = spoiledArgv(spec.argv);
  const cwd = defect('workdir-ignored') ? '/' : spec.cwd || '/';
  const user = idsOf(lent.files, spec.user);
  checkDirectory(lent.files, cwd);
  checkProgram(lent.files, cwd, argv[0] ?? '');
  const by = new GuestProcess(id, spec);
  by.user = user;
  if (spec.followed) for (const outlet of [by.out, by.err]) outlet.expectFollower();
  spoilStreams(by);
  void run({ ...lent, by, cwd, env: spec.env }, argv.slice(1));
  return by;
}

/** Runs the shell in a process, and ends it with its code. */
async function run(call: Call, args: string[]): Promise<void> {
  const { by } = call;
  // Whoever starts it sets up what happens at its end first.
  await Promise.resolve();
  try {
    by.end(await shellOf(args)(call));
  } catch (error) {
    const known = error instanceof Complaint;
    // What is no complaint is a fault of this guest, told where the user looks first.
    await by.write('err', `${known ? error.message : `guest fault: ${(error as Error).stack}`}\n`);
    by.end(known ? error.code : 134);
  }
}

function checkDirectory(files: Files, cwd: string): void {
  if (files.look('/', cwd)?.kind !== 'directory') throw new SpawnError('bad-cwd');
}

/** The one program of this guest has a path, and the name under which PATH finds it. */
function checkProgram(files: Files, cwd: string, name: string): void {
  const found = name.includes('/') ? files.look(cwd, name) : name === 'sh' && files.look('/', shellPath);
  if (!found) throw new SpawnError('not-found');
  if (found.kind === 'directory') throw new SpawnError('is-directory');
  if (found.kind !== 'file' || (found.mode & 0o111) === 0) throw new SpawnError('permission-denied');
}

/** What a process runs. Resolves with its exit code. */
type Body = (call: Call) => Promise<number>;

/**
 * How the script of the suite's workloads begins. Nothing else of it is looked at: the guest knows them by name
 * and plays them in its own code, as the contract with whoever sends it says what each does.
 */
const marker = '# boxcheck work 1:';

/** Gives what `sh ARGS…` does in this guest. */
function shellOf(args: readonly string[]): Body {
  if (args.length === 0) return silent;
  const [option, script = '', , ...words] = args;
  if (option !== '-c' || !script.startsWith(marker)) return refused;
  const isMain = words[0] === 'main';
  const [name = '', ...values] = isMain ? words.slice(1) : words;
  const workload = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
  return played(workload ?? unknown(name), values, isMain);
}

/** A shell on an open stdin, the default command of the image: its commands are not read, only its end. */
const silent: Body = async ({ by }) => {
  while ((await by.read()) !== null) {
    // Nobody types here.
  }
  return 0;
};

const refused: Body = async () => {
  throw new Complaint('sh: this guest has no shell, it only plays the workloads of boxcheck', 127);
};

const unknown =
  (name: string): Workload =>
  () => {
    throw new Complaint(`work: there is no workload named ${name}`, 64);
  };

/**
 * A shell given its script handles an interrupt: it ends itself by the signal. For PID 1 that signal is dropped,
 * and the shell exits with 130 instead (contract 2.2).
 */
const played =
  (workload: Workload, values: string[], isMain: boolean): Body =>
  async (call) => {
    const { by } = call;
    by.handlers.set(INT, () => by.end(by.isInit ? 130 : -INT));
    if (isMain && by.user.uid === 0) countRun(call);
    return workload(call, ...values);
  };

function countRun({ files, sync }: Parameters<Body>[0]): void {
  const path = '/root/runs';
  const before = files.look('/', path) ? files.read('/', path) : '';
  files.write('/', path, Buffer.from(`${before}r\n`));
  sync();
}

function spoiledArgv(argv: string[]): string[] {
  if (defect('arguments-split')) return argv.flatMap((arg) => arg.split(' '));
  // The script of the shell is longer, and no argument of the user's.
  const isLong = (arg: string): boolean => arg.length > argumentBytes && !arg.startsWith(marker);
  return argv.some(isLong) && defect('long-argument-cut')
    ? argv.map((arg) => (isLong(arg) ? arg.slice(0, argumentBytes) : arg))
    : argv;
}

const argumentBytes = 4_096;
const inputBytes = 256 * 1024;
const fastMs = 50;

/** Spoils the streams of a new process, where a seeded defect says so. */
function spoilStreams({ out, stdin }: GuestProcess): void {
  const startedMs = performance.now();
  if (defect('fast-output-lost'))
    out.filter = (chunk) => (performance.now() - startedMs < fastMs ? chunk.subarray(0, 0) : chunk);
  if (defect('output-corrupted')) out.filter = (chunk) => Buffer.from(chunk.toString('utf8'));
  if (defect('output-truncated')) out.filter = withoutLastByte();
  const push = stdin.push.bind(stdin);
  let room = inputBytes;
  stdin.push = (data) => {
    const kept = data.length > room && defect('large-stdin-cut') ? data.subarray(0, Math.max(room, 0)) : data;
    room -= data.length;
    push(defect('stdin-truncated') ? kept.subarray(0, 1024) : kept);
  };
}

function withoutLastByte(): (chunk: Buffer) => Buffer {
  let kept: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const all = Buffer.concat([kept, chunk]);
    kept = all.subarray(-1);
    return all.subarray(0, -1);
  };
}
