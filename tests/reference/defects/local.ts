import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { argvOf } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';
import { stateIn } from '../fake/cli.ts';
import * as work from '../fake/work.ts';
import { helpers, isAlive } from './helpers.ts';
import { terminals } from './on-terminal.ts';
import { having, refusing, starting } from './options.ts';
import { detached, type Local, type LocalProbe, shown } from './over-cli.ts';
import { copiedFiles } from './permissions.ts';
import { publishing } from './ports.ts';
import { telling } from './telling.ts';

const { blob, die, exit, flood, holdMain, mounts: mountTable, print, read, runs, write } = work;

const status = async ({ run }: Local, id: string) => stateIn(await run('inspect', id));

/** What processes write, take and return. */
const processes: LocalProbe = async (local) => {
  const { run, image } = local;
  const mains = [
    await run('run', '--name', 'm', ...image, ...print('out\n', 'err\n', 200)),
    await run('run', '--name', 'b', ...image, ...blob),
  ];
  const id = await detached(local, '--', ...holdMain);
  const exec = (...argv: string[]) => run('exec', '-e', 'BOXCHECK_VALUE= v ', id, '--', ...argv);
  const calls = [
    await exec(...print('x\n', 'e\n', 201)),
    await exec(...blob),
    await exec(...die(15)),
    await exec(...argvOf({ do: 'env', value: '' })),
    await exec(...argvOf({ do: 'args', args: ['', 'b'] })),
    await exec(...flood(100_000)),
    await exec(...exit(3)),
  ];
  return [mains.map((each) => shown(each)), await status(local, 'm'), calls.map((each) => shown(each, id))];
};

/** Starts, stops, restarts and refusals. */
const states: LocalProbe = async (local) => {
  const { run, image } = local;
  const said: unknown[] = [];
  const id = await detached(local, '--', ...holdMain);
  const short = (await run('create', 'alpine', 'sh')).out.trim();
  const failing = (await run('create', 'alpine', '/no/such')).out.trim();
  const sandbox = (await run('create', ...image)).out.trim();
  const ids = [id, short, failing, sandbox];
  const look = async () =>
    said.push(
      ...(await Promise.resolve(run('ls', '-a', '--format', 'json'))).out
        .replaceAll(/"CreatedAt.*/g, '')
        .split('\n')
        .map((line) => ids.reduce((kept, each, n) => kept.replaceAll(each, `ID${n}`), line)),
    );
  const note = async (...args: string[]) => said.push(shown(await run(...args), ...ids));
  await look();
  await note('exec', short, '--', ...exit(0));
  await look();
  await note('stop', sandbox);
  await look();
  await note('exec', sandbox, '--', ...exit(0));
  await note('start', failing);
  await note('start', id);
  await note('exec', id, '--', ...runs);
  await note('restart', id);
  await note('exec', id, '--', ...runs);
  await note('stop', id);
  await note('stop', id);
  said.push(await status(local, id), await status(local, short));
  await note('start', id);
  said.push(await status(local, id));
  await look();
  await note('stop', 'nope', id);
  return said;
};

/** A main command that ends by itself, and the code it leaves. */
const endings: LocalProbe = async (local) => {
  const ran = await local.run('run', '--name', 'e', ...local.image, ...exit(9));
  const before = await status(local, 'e');
  await local.run('stop', 'e');
  return [shown(ran), before, await status(local, 'e')];
};

/** What a copy does to files and to the box. */
const copies: LocalProbe = async (local) => {
  const { run, image, dir } = local;
  const id = (await run('create', ...image)).out.trim();
  writeFileSync(join(dir, 'f'), 'content');
  const said = [
    shown(await run('cp', join(dir, 'f'), `${id}:/root/g`), id),
    await status(local, id),
    shown(await run('cp', join(dir, 'f'), `${id}:/tmp/g`), id),
    shown(await run('exec', id, '--', ...read('/root/g')), id),
  ];
  mkdirSync(join(dir, 'tree', 'sub'), { recursive: true });
  writeFileSync(join(dir, 'tree', 'sub', 'g'), 'deep');
  await run('cp', join(dir, 'tree'), `${id}:/root`);
  said.push(shown(await run('exec', id, '--', ...read('/root/tree/sub/g')), id));
  return said;
};

/** Much output of a text on both streams, and a large file in and out. */
const sizes: LocalProbe = async (local) => {
  const { run, dir } = local;
  const id = await detached(local, '--', ...holdMain);
  const flood: Work = { do: 'flood', bytes: 100_000, pattern: 'text', to: 'both', code: 0 };
  const { out, err } = await run('exec', id, '--', ...argvOf(flood));
  writeFileSync(join(dir, 'large'), 'x'.repeat(200_000));
  await run('cp', join(dir, 'large'), `${id}:/root/large`);
  const inside = await run('exec', id, '--', ...read('/root/large'));
  await run('exec', id, '--', ...argvOf({ do: 'write', path: '/root/made', data: fill }));
  await run('cp', `${id}:/root/made`, join(dir, 'got'));
  return [out.includes('\ufffd'), out.length, err.length, inside.out.length, statSync(join(dir, 'got')).size];
};

const fill = { size: 200_000, pattern: 'lines' } as const;

/** Names, prefixes and removals. */
const names: LocalProbe = async (local) => {
  const { run, image } = local;
  const first = (await run('create', ...image, '--name', 'n')).out.trim();
  const second = (await run('create', ...image, '--name', 'o')).out.trim();
  const other = (await run('create', ...image, '--name', 'n')).out.trim();
  const id = await detached(local, '--', ...holdMain);
  const ids = [id, first, second, ...(other ? [other] : []), first.slice(0, 8)];
  const said = [];
  for (const args of [
    ['stop', first.slice(0, 8)],
    ['stop', 'n'],
    ['stop', ''],
    ['rm', 'nope'],
    ['rm', '-f', first],
    ['create', ...image, '--name', 'n'],
  ])
    said.push(shown(await run(...args), ...ids).slice(0, args[0] === 'create' ? 1 : 3));
  said.push(shown(await run('rm', '-f', id), ...ids), (await run('ls', '-aq')).out.split('\n').length);
  return said;
};

/** What is left on the host after boxes have gone. */
const remains: LocalProbe = async (local) => {
  const { run, image, home } = local;
  const id = await detached(local, '-v', '/anon', '--', ...holdMain);
  const kept = await detached(local, '--', ...holdMain);
  const pid = /"Pid": (\d+)/.exec((await run('inspect', id)).out)?.[1] ?? '';
  const said = [shown(await run('rm', id), id), shown(await run('rm', '-f', id), id)];
  const left = readdirSync(home, { recursive: true })
    .map(String)
    .filter((name) => !/^(?:\.|volumes$|boxes$)/.test(name));
  const ran = await run('run', '--rm', ...image, '--name', 'r', ...exit(0));
  return [
    said,
    left
      .map((name) =>
        name
          .replaceAll(id, 'ID')
          .replaceAll(kept, 'KEPT')
          .replace(/[^/]{12}$/, 'X'),
      )
      .sort(),
    isAlive(pid),
    shown(ran),
    (await run('ls', '-aq')).out.length,
    helpers(home),
  ];
};

/** A detached box over the ends of the processes that use it. */
const detaching: LocalProbe = async (local) => {
  const { run } = local;
  const id = await detached(local, '--', ...holdMain);
  const listed = shown(await run('ls', '-aq'), id);
  await run('exec', '-d', id, '--', ...write('/root/done', 'done'));
  await pause(120);
  return [
    listed,
    await status(local, id),
    shown(await run('exec', id, '--', ...read('/root/done')), id),
    shown(await run('rm', '-f', id), id),
  ];
};

/** Mounts of every kind. */
const mounts: LocalProbe = async (local) => {
  const { run, dir, image } = local;
  for (const name of ['a', 'b', 'c']) {
    rmSync(join(dir, name), { recursive: true, force: true });
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'marker'), name);
  }
  const volumes = ['-v', `${dir}/a:/data:ro`, '-v', `${dir}/b:/data/in`];
  const id = await detached(local, ...volumes, '--', ...holdMain);
  const other = await detached(local, '-v', `${dir}/c:/other`, '--', ...holdMain);
  const commands = [write('/data/new', 'x'), write('/data/in/new', 'y'), mountTable, read('/data/marker')];
  const look = async (box: string) => {
    const seen: unknown[] = [];
    for (const argv of commands) seen.push(shown(await run('exec', box, '--', ...argv), id, other));
    return seen;
  };
  const said = [await look(id), await look(other)];
  await run('restart', id);
  said.push(
    await look(id),
    shown(await run('create', '-v', `${dir}/none:/x`, ...image)).slice(0, 1),
    shown(await run('create', '-v', `${dir}/a:/x:rx`, ...image)).slice(0, 1),
  );
  rmSync(join(dir, 'none'), { recursive: true, force: true });
  return said;
};

/** How long things take, roughly. */
const times: LocalProbe = async (local) => {
  const id = await detached(local, '--', ...holdMain);
  const since = async (task: () => Promise<unknown>) => {
    const begunAtMs = performance.now();
    await task();
    return performance.now() - begunAtMs > 600;
  };
  return [
    await since(() => local.run('exec', id, '--', ...exit(0))),
    await since(() => local.run('stop', id)),
  ];
};

export const localProbes = {
  telling,
  terminals,
  copiedFiles,
  starting,
  ...{ having, publishing, refusing },
  processes,
  states,
  endings,
  copies,
  sizes,
  names,
  remains,
  detaching,
  mounts,
  times,
};
