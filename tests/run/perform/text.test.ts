import { describe, expect, it } from 'vitest';
import { castOf } from '../../../commands/cast.ts';
import { verbs } from '../../../commands/index.ts';
import { argvOf, mainArgv } from '../../../commands/work.ts';
import type { Mount } from '../../../domain/mount.ts';
import type { BoxOptions } from '../../../domain/options.ts';
import type { Step } from '../../../program/step.ts';
import type { StepContext } from '../../../run/perform/step-context.ts';
import { realJson, realWords } from '../../../run/perform/text.ts';
import { create, exec, foreground, hold, named, print, run, withMounts } from '../../model/fixtures/steps.ts';
import { paperContext, paperSession } from './fixtures/paper.ts';

const rootfs = paperContext({ session: { ...paperSession, image: { rootfs: '/images/x' } } });
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

/** The real words of a step's first call. */
function wordsOf(step: Step, context: StepContext = paperContext()): Promise<string[]> {
  const [call] = verbs[step.op].calls(step);
  if (call?.call !== 'cli') throw new Error(`${step.op} calls no CLI`);
  return realWords({ context, told: undefined }, call.words);
}

/** The real JSON body of a step's first call. */
function bodyOf(step: Step): Promise<unknown> {
  const [call] = verbs[step.op].calls(step);
  if (call?.call !== 'rest') throw new Error(`${step.op} makes no request`);
  return realJson({ context: paperContext(), told: undefined }, call.json ?? null);
}

describe('words of a creation (contract 2.2, 2.3, 6.1)', () => {
  it('are the image alone for a sandbox', async () => {
    expect(await wordsOf(create(undefined, 'cli'))).toEqual(['create', 'alpine:latest']);
    expect(await wordsOf(create(undefined, 'cli'), rootfs)).toEqual(['create', '--rootfs', '/images/x']);
  });

  it('have name, volumes and environment before the image and the command after it', async () => {
    const main = { do: 'env', value: 'a="b" =c ' } as const;
    const step = withMounts(named(run(main, 'cli'), 'two words'), ...volumes);
    expect(await wordsOf(step)).toEqual([
      ...['run', '-d', '--name', 'two words'],
      ...['-v', '/host/h1:/mnt/a:ro', '-v', '/host/h2/marker:/mnt/one', '-v', '/host/missing:/m'],
      ...['-v', 'data:/d:rw', '-v', '/a', '-v', '', '-v', '/host/h1:data', '-v', '/host/h1:/data:rx'],
      ...['-e', 'BOXCHECK_VALUE=a="b" =c '],
      'alpine:latest',
      ...mainArgv(main),
    ]);
  });
});

describe('the body of a creation (contract 4.4)', () => {
  it('says only what the step says', async () => {
    expect(await bodyOf(create())).toEqual({});
    expect(await bodyOf({ ...create(), flaw: 'unknown-key' })).toEqual({ colour: 'red' });
  });

  it('has name, command and volumes; a foreground run is not detached', async () => {
    const step = withMounts(named(foreground(print('a')), 'n'), volumes[0] as Mount);
    expect(await bodyOf(step)).toEqual({
      name: 'n',
      cmd: mainArgv(print('a')),
      volumes: [{ host_path: '/host/h1', guest_path: '/mnt/a', read_only: true }],
      detach: false,
    });
  });
});

describe('options of a creation (contract 12.1 to 12.4)', () => {
  const options: BoxOptions = {
    env: [
      { key: 'BC_A', value: '1' },
      { key: 'BC_A', value: '2' },
    ],
    ...{ workdir: '/tmp', user: 'nobody', entrypoint: 'one', cpus: 2, memoryMib: 512, diskGb: 20 },
    ...{
      capAdd: ['SYS_TIME'],
      capDrop: ['ALL', 'CHOWN'],
      autoStopS: 3_600,
      autoDeleteS: 0,
      autoResume: false,
    },
  };
  const main = print('a');
  const [head = '', ...tail] = mainArgv(main);
  const step: Step = { ...run(main, 'url'), ...options };

  it('are flags before the image, and the words behind the entrypoint follow it', async () => {
    expect(await wordsOf(step)).toEqual([
      ...['run', '-d', '-e', 'BC_A=1', '-e', 'BC_A=2', '-w', '/tmp', '-u', 'nobody'],
      ...['--cpus', '2', '--memory', '512', '--disk-size', '20'],
      ...['--cap-add', 'SYS_TIME', '--cap-drop', 'ALL', '--cap-drop', 'CHOWN'],
      ...['--auto-stop', '3600', '--auto-delete', '0', '--no-auto-resume'],
      ...['--entrypoint', head, 'alpine:latest', '--'],
      ...tail,
    ]);
  });

  it('are fields of a body', async () => {
    expect(await bodyOf({ ...run(main), ...options })).toEqual({
      ...{ env: { BC_A: '2' }, working_dir: '/tmp', user: 'nobody', entrypoint: [head], cmd: tail },
      ...{ cpus: 2, memory_mib: 512, disk_size_gb: 20, auto_stop: 3_600, auto_delete: 0, auto_resume: false },
      advanced: { capabilities: { add: ['SYS_TIME'], drop: ['ALL', 'CHOWN'] } },
    });
    expect(await bodyOf({ ...run(main), entrypoint: 'all', emptyCmd: true })).toEqual({
      entrypoint: mainArgv(main),
      cmd: [],
    });
    expect(await bodyOf({ ...create(), entrypoint: 'empty', emptyCmd: true })).toEqual({
      entrypoint: [],
      cmd: [],
    });
  });
});

describe('an exec (contract 2.4, 5.1)', () => {
  const context = paperContext({
    cast: castOf([named(run(hold), 'web')]),
    boxIds: new Map([['box1', 'AAAAbbbbcccc']]),
  });

  it('puts flags before the box and the command behind --', async () => {
    const env = exec({ do: 'env', value: 'v' }, 'url');
    expect(await wordsOf({ ...env, by: 'name', badWorkdir: true, stdin: 'x' }, context)).toEqual([
      ...['exec', '-i', '-e', 'BOXCHECK_VALUE=v', '-w', '/no/such/dir', 'web', '--'],
      ...argvOf(env.work),
    ]);
  });

  it('has a body with command and arguments, and the rest only where it is asked for', async () => {
    const [command, ...args] = argvOf({ do: 'cat' });
    expect(await bodyOf(exec({ do: 'cat' }))).toEqual({ command, args });
    expect(await bodyOf({ ...exec(hold), badWorkdir: true, timeoutS: 1.5 })).toEqual({
      command: argvOf(hold)[0],
      args: argvOf(hold).slice(1),
      working_dir: '/no/such/dir',
      timeout_seconds: 1.5,
    });
    expect(await bodyOf(exec({ do: 'env', value: 'v' }))).toMatchObject({ env: { BOXCHECK_VALUE: 'v' } });
  });
});
