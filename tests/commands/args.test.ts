import { describe, expect, it } from 'vitest';
import { createArgs, createBody } from '../../commands/create-args.ts';
import { execArgs, execBody } from '../../commands/exec-args.ts';
import { argvOf, mainArgv, workScript } from '../../commands/work.ts';
import type { Mount } from '../../domain/mount.ts';
import { reached } from '../model/fixtures/play.ts';
import { create, exec, foreground, hold, named, print, run, withMounts } from '../model/fixtures/steps.ts';
import { paperHands, paperSession } from './fixtures/hands.ts';

const stepContext = paperHands();
const rootfs = paperHands({ session: { ...paperSession, image: { rootfs: '/images/x' } } });
const volumes: Mount[] = [
  { kind: 'dir', host: 'h1', at: '/mnt/a', mode: 'ro' },
  { kind: 'file', host: 'h2', at: '/mnt/one' },
  { kind: 'missing', at: '/m' },
  { kind: 'managed', name: 'data', at: '/d', mode: 'rw' },
  { kind: 'anonymous', at: '/a' },
  { kind: 'malformed', how: 'empty' },
  { kind: 'malformed', how: 'relative' },
  { kind: 'malformed', how: 'option' },
];

describe('createArgs (contract 2.2, 2.3, 6.1)', () => {
  it('is the image alone for a sandbox', async () => {
    expect(await createArgs(create(undefined, 'cli'), stepContext)).toEqual(['alpine:latest']);
    expect(await createArgs(create(undefined, 'cli'), rootfs)).toEqual(['--rootfs', '/images/x']);
  });

  it('puts name, volumes and environment before the image and the command after it', async () => {
    const main = { do: 'env', value: 'a="b" =c ' } as const;
    const step = withMounts(named(run(main, 'cli'), 'two words'), ...volumes);
    expect(await createArgs(step, stepContext)).toEqual([
      ...['--name', 'two words'],
      ...['-v', '/host/h1:/mnt/a:ro', '-v', '/host/h2/marker:/mnt/one', '-v', '/host/missing:/m'],
      ...['-v', 'data:/d:rw', '-v', '/a', '-v', '', '-v', '/host/h1:data', '-v', '/host/h1:/data:rx'],
      ...['-e', 'BOXCHECK_VALUE=a="b" =c '],
      'alpine:latest',
      ...mainArgv(main),
    ]);
  });
});

describe('createBody (contract 4.4)', () => {
  it('says only what the step says', async () => {
    expect(await createBody(create(), stepContext)).toEqual({ image: 'alpine:latest' });
    expect(await createBody(create(), rootfs)).toEqual({ rootfs_path: '/images/x' });
  });

  it('has name, command and volumes', async () => {
    const step = withMounts(named(foreground(print('a')), 'n'), volumes[0] as Mount);
    expect(await createBody(step, stepContext)).toEqual({
      image: 'alpine:latest',
      name: 'n',
      cmd: mainArgv(print('a')),
      env: {},
      volumes: [{ host_path: '/host/h1', guest_path: '/mnt/a', read_only: true }],
    });
  });
});

describe('execArgs and execBody (contract 2.4, 5.1)', () => {
  const told = paperHands({
    world: reached(named(run(hold), 'web')),
    boxIds: new Map([['box1', 'AAAAbbbbcccc']]),
  });

  it('put flags before the box and the command behind --', () => {
    const env = exec({ do: 'env', value: 'v' }, 'url');
    expect(execArgs({ ...env, by: 'name', badWorkdir: true }, told, ['-i'])).toEqual([
      ...['exec', '-i', '-e', 'BOXCHECK_VALUE=v', '-w', '/no/such/dir', 'web', '--'],
      ...argvOf(env.work),
    ]);
  });

  it('a body has command and arguments, and the rest only where it is asked for', () => {
    expect(execBody(exec({ do: 'cat' }))).toEqual({
      command: 'sh',
      args: ['-c', workScript, 'work', 'cat'],
    });
    expect(execBody({ ...exec(hold), badWorkdir: true, timeoutS: 1.5 })).toEqual({
      command: 'sh',
      args: argvOf(hold).slice(1),
      working_dir: '/no/such/dir',
      timeout_seconds: 1.5,
    });
    expect(execBody(exec({ do: 'env', value: 'v' }))).toMatchObject({ env: { BOXCHECK_VALUE: 'v' } });
  });
});
