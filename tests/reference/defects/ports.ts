import { setTimeout as pause } from 'node:timers/promises';
import { mainArgv } from '../../../commands/work.ts';
import { hostPorts, localTcp } from '../../../runtime/targets/local/tcp.ts';
import { detached, type LocalProbe, shown } from './over-cli.ts';

/** What the probe below shows. */
export const published = [
  'ports-lost-after-restart',
  'udp-accepted',
  'port-range-unchecked',
  'ports-without-network',
  'ports-dropped-by-url',
] as const;

/** All of 127 to 129, so that what a byte loses is seen. */
const DATA = '\x7f\x80\x81';

/** How long a service may take to come up, milliseconds. */
const UP_MS = 300;

/** A port that a box serves, over its starts and its end, and what is no port. */
export const publishing: LocalProbe = async (local) => {
  const { run, image } = local;
  const ports = hostPorts(localTcp);
  const known = [await ports.port(1), await ports.port(2)].map(String);
  const publish = ['-p', `${known[0]}:7000`];
  const ask = async (count = 1) => {
    await pause(UP_MS);
    return ports.connect(1, DATA, count, 2);
  };
  // It keeps the hypervisor.
  await detached(local, '--');
  const id = await detached(local, ...publish, '--', ...mainArgv({ do: 'serve', port: 7_000 }));
  const calls = [
    await run('run', ...publish, ...image, ...mainArgv({ do: 'print', out: '', err: '', code: 0 })),
    ...(await eachOf(
      ['0:80', 'x', '80/udp', '80/sctp', ''].map((port) => () => run('create', '-p', port, ...image)),
    )),
    await run('create', ...publish, '--network', 'disabled', ...image),
    await run('--url', 'http://127.0.0.1:1', 'create', ...publish, ...image),
  ];
  const answers = [await ask(), await ask(2)];
  await run('restart', id);
  answers.push(await ask());
  await run('stop', id);
  answers.push(await ask());
  // Whatever came of those that were refused, their ids are nothing to compare.
  return [
    answers,
    calls.map((call) => call.code),
    calls.map((call) => shown({ ...call, out: '' }, id, ...known)),
  ];
};

const eachOf = async <T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> => {
  const done: T[] = [];
  for (const task of tasks) done.push(await task());
  return done;
};
