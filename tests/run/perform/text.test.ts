import { describe, expect, it } from 'vitest';
import { castOf } from '../../../commands/cast.ts';
import { verbs } from '../../../commands/index.ts';
import { argvOf, mainArgv } from '../../../commands/work.ts';
import type { Mount } from '../../../domain/mount.ts';
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
      env: {},
      volumes: [{ host_path: '/host/h1', guest_path: '/mnt/a', read_only: true }],
      detach: false,
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
