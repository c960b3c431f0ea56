import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { argvOf } from '../../../commands/work.ts';
import { cat, exit, hold, print } from '../fake/work.ts';
import { copying, counting } from './copying.ts';
import { policing } from './network.ts';
import { call, create, idOf, listen, plain, type Rest, type RestProbe, seen } from './over-rest.ts';
import { archivedFiles } from './permissions.ts';

/** Attaching, reattaching, being refused. */
const attaching: RestProbe = async (rest) => {
  const id = await create(rest);
  const exec = async (argv: string[]) =>
    `/boxes/${id}/executions/${idOf((await call(rest, 'POST', `/boxes/${id}/exec`, { command: argv[0], args: argv.slice(1) })).text)}`;
  const short = `${await exec(print('hi', '', 3))}/attach`;
  const said: unknown[] = [seen(await listen(rest, short)), seen(await listen(rest, short))];
  const path = await exec(cat);
  const ended = listen(rest, `${path}/attach`, (ws) => ws.send(Buffer.from('a\n')), 120);
  await pause(20);
  said.push(seen(await listen(rest, `${path}/attach`, undefined, 20)));
  const first = await ended;
  said.push(seen(first));
  first.ws.close();
  await pause(20);
  said.push(seen(await listen(rest, `${path}/attach?stdin=x`, undefined, 20)));
  const readOnly = await listen(rest, `${path}/attach?stdin=0`, (ws) => ws.send(Buffer.from('b\n')), 40);
  readOnly.ws.close();
  await pause(20);
  const again = await listen(
    rest,
    `${path}/attach`,
    (ws) => {
      for (const text of ['{', '{"type":"stdin_eof"}']) ws.send(text);
    },
    150,
  );
  said.push(seen(readOnly), seen(again));
  for (const { ws } of [first, readOnly, again]) ws.terminate();
  return said;
};

/** Execution routes and their refusals. */
const executions: RestProbe = async (rest) => {
  const begunAtMs = performance.now();
  const id = await create(rest);
  const said: unknown[] = [];
  const note = async (method: string, path: string, json?: unknown) => {
    const answer = await call(rest, method, `/boxes/${id}${path}`, json);
    said.push([answer.status, answer.type, plain(answer.text).replaceAll(id, 'ID')]);
    return answer.text;
  };
  const exec = async (...argv: string[]) =>
    `/executions/${idOf(await note('POST', '/exec', { command: argv[0], args: argv.slice(1) }))}`;
  await note('GET', '/executions/bogus');
  await note('POST', '/exec', { command: '/no/such' }).catch(() => {});
  const sleeper = await exec(...hold());
  await note('POST', `${sleeper}/signal`, { signal: 9 });
  await note('POST', `${sleeper}/signal`, { signal: 15 });
  await pause(30);
  await note('GET', sleeper);
  const [command, ...args] = argvOf({ do: 'terminal', rows: 40, cols: 100 });
  const terminal = `/executions/${idOf(await note('POST', '/exec', { command, args, tty: true }))}`;
  await note('POST', `${terminal}/resize`, { rows: 40, cols: 100 });
  await pause(30);
  await note('GET', terminal);
  const victim = await exec(...hold());
  await note('DELETE', victim);
  await note('GET', victim);
  return [said, performance.now() - begunAtMs > 1_200];
};

/** Boxes and their views. */
const boxes: RestProbe = async (rest) => {
  const said: unknown[] = [];
  const post = (json: object) => call(rest, 'POST', '/boxes', { rootfs_path: rest.rootfs, ...json });
  said.push(
    (await post({ volumes: [{ host_path: rest.dir, guest_path: '/seen' }] })).status,
    (await post({ nonsense: 1 })).status,
  );
  for (const box of [...rest.runtime.boxes.values()]) said.push(box.record.spec.mounts.length);
  const id = await create(rest, { name: 'n', cmd: exit(3) });
  said.push((await call(rest, 'GET', '/boxes/n')).status);
  const attached = await listen(rest, `/boxes/${id}/attach`, undefined, 60);
  said.push(seen(attached), plain((await call(rest, 'GET', `/boxes/${id}`)).text).replaceAll(id, 'ID'));
  attached.ws.terminate();
  await call(rest, 'POST', `/boxes/${id}/start`);
  await pause(150);
  said.push(plain((await call(rest, 'GET', `/boxes/${id}`)).text).replaceAll(id, 'ID'));
  await call(rest, 'DELETE', `/boxes/${id}?force=true`);
  said.push((await call(rest, 'GET', `/boxes/${id}`)).status);
  said.push((await call(rest, 'GET', `/boxes/${await sharedLetter(rest)}`)).status, listeners());
  const owned = await create(rest, { cmd: hold(), detach: false });
  await call(rest, 'POST', `/boxes/${owned}/start`);
  said.push((await rest.reopen('killed')).boxes.get(owned)?.record.status);
  return said;
};

/** A server that is interrupted leaves boxes as they are. */
const interrupting: RestProbe = async (rest) => {
  const [up, down] = [await create(rest, { cmd: hold() }), await create(rest, { cmd: hold() })];
  for (const box of [up, down]) await call(rest, 'POST', `/boxes/${box}/start`);
  await call(rest, 'POST', `/boxes/${down}/stop`);
  const { boxes } = await rest.reopen('interrupted');
  return [boxes.get(up)?.record.status, boxes.get(down)?.record.exitCode];
};

/** Makes boxes until two of them begin alike. */
async function sharedLetter(rest: Rest): Promise<string> {
  const letters = new Set<string>();
  for (;;) {
    const letter = (await create(rest)).slice(0, 1);
    if (letters.has(letter)) return letter;
    letters.add(letter);
  }
}

/** TCP ports that this process listens on; others of the machine come and go. */
const listeners = (): number => {
  const own = new Set(readdirSync('/proc/self/fd').map(linkOf));
  const lines = readFileSync('/proc/self/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/ +/u));
  return lines.filter((words) => words[3] === '0A' && own.has(`socket:[${words[9]}]`)).length;
};

/** What a descriptor of this process is; that of the listing itself is closed by then. */
function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

/** How long it may take a command that ends by itself, on a busy machine. */
const toTheEndMs = 5_000;

/** What bodies ask for that a command line cannot. */
const making: RestProbe = async (rest) => {
  const id = await create(rest, { cmd: [] });
  const said: unknown[] = [];
  const environ = async (env: object) => {
    const [command, ...args] = argvOf({ do: 'environ' });
    const made = await call(rest, 'POST', `/boxes/${id}/exec`, { command, args, env });
    if (made.status !== 201) return said.push(made.status);
    return said.push(
      seen(await listen(rest, `/boxes/${id}/executions/${idOf(made.text)}/attach`, undefined, toTheEndMs)),
    );
  };
  await environ({ BC_A: 'a' });
  await environ({});
  const words = await create(rest, { entrypoint: argvOf({ do: 'args', args: ['one'] }) });
  const attached = listen(rest, `/boxes/${words}/attach`, undefined, toTheEndMs);
  await pause(100);
  await call(rest, 'POST', `/boxes/${words}/start`);
  said.push(seen(await attached));
  const sized = { cpus: 2, memory_mib: 512, auto_stop: 3_600, auto_delete: 7_200 };
  said.push(plain((await call(rest, 'GET', `/boxes/${await create(rest, sized)}`)).text).split('"image"')[1]);
  const early = { rootfs_path: rest.rootfs, auto_stop: 7_200, auto_delete: 7_200 };
  said.push((await call(rest, 'POST', '/boxes', early)).status);
  const untyped = await fetch(`${rest.url}/v1/boxes`, { method: 'POST', body: '{}' });
  said.push(untyped.status);
  await untyped.body?.cancel();
  const stopped = await create(rest, { auto_resume: false });
  for (const verb of ['start', 'stop']) await call(rest, 'POST', `/boxes/${stopped}/${verb}`);
  said.push((await call(rest, 'POST', `/boxes/${stopped}/exec`, { command: 'sh' })).status);
  return said;
};

/** What clients that come, vanish and come again are told. */
const clients: RestProbe = async (rest) => {
  const id = await create(rest, { name: 'n' });
  const said: unknown[] = [];
  const ask = async (method: string, path: string, json?: unknown) => {
    const { status, text } = await call(rest, method, path, json);
    said.push([status, plain(text).replaceAll(id, 'ID')]);
    return text;
  };
  const exec = async (argv: string[]) =>
    `/boxes/${id}/executions/${idOf(await ask('POST', `/boxes/${id}/exec`, { command: argv[0], args: argv.slice(1) }))}`;
  await ask('POST', `/boxes/${id}/exec`, { command: '/no/such' });
  const short = await exec(print('out', 'err', 3));
  await pause(100);
  for (const _ of [1, 2]) await ask('GET', short);
  said.push(seen(await listen(rest, `${short}/attach`)));
  const reader = await exec(cat);
  const gone = await listen(rest, `${reader}/attach`, undefined, 20);
  said.push(seen(await listen(rest, `${reader}/attach`, undefined, 20)));
  gone.ws.terminate();
  await pause(150);
  await ask('GET', reader);
  const victim = await exec(hold());
  const watching = listen(rest, `${victim}/attach`, undefined, 200);
  await pause(50);
  await ask('DELETE', victim);
  said.push(seen(await watching));
  const sleeper = await exec(hold());
  await ask('POST', `${sleeper}/signal`, { signal: 28 });
  await ask('GET', sleeper);
  await ask('GET', '/boxes');
  await call(rest, 'POST', `/boxes/${id}/stop`);
  said.push((await call(rest, 'GET', short)).status);
  return said;
};

export const restProbes = {
  policing,
  archivedFiles,
  attaching,
  executions,
  boxes,
  interrupting,
  counting,
  copying,
  clients,
  making,
};
