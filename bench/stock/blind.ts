import * as fc from 'fast-check';
import { verbs } from '../../commands/index.ts';
import { names } from '../../commands/values.ts';
import { currentProfile } from '../../model/profile.ts';
import {
  type Attach,
  type Box,
  type BoxStatus,
  type Exec,
  emptyWorld,
  type Home,
  type World,
} from '../../model/world.ts';
import type { Op, Step, Surface } from '../../program/step.ts';

/** Handles a blind step may name or make, of each kind. */
export interface Pool {
  readonly size: number;
  readonly surfaces: readonly Surface[];
}

const homes: readonly Home[] = ['local', 'server'];
const statuses: readonly BoxStatus[] = ['configured', 'running', 'ending', 'stopped'];

/**
 * Steps of one verb, with arguments drawn from all there are, whatever has been done before: how commands are
 * drawn for `fc.commands`, which knows no state while it draws. The verb's own arbitraries are asked in imagined
 * worlds in which every handle of the pool exists, so that arguments are no worse than ours. Null for a verb that
 * the surfaces do not have.
 */
export function blindSteps(op: Op, pool: Pool): fc.Arbitrary<Step> | null {
  const drawn = homes.flatMap((home) =>
    statuses.flatMap((status) =>
      [false, true].flatMap((illegal) => {
        const context = {
          surfaces: new Set(pool.surfaces),
          profile: currentProfile,
          illegal,
          maxBoxes: Number.POSITIVE_INFINITY,
        };
        return verbs[op].draw(imagined(home, status, pool), context) ?? [];
      }),
    ),
  );
  if (drawn.length === 0) return null;
  const number = fc.integer({ min: 1, max: pool.size });
  return fc.tuple(fc.oneof(...drawn), number).map(([step, n]) => madeAs(step, n));
}

/** The handle a step makes comes from the pool too: it is refused by `check` where it is taken. */
const madeAs = (step: Step, n: number): Step =>
  'as' in step ? ({ ...step, as: step.as.replace(/[0-9]+$/u, String(n)) } as Step) : step;

const numbers = ({ size }: Pool): number[] => Array.from({ length: size }, (_, i) => i + 1);

function imagined(home: Home, status: BoxStatus, pool: Pool): World {
  const all = <T extends { handle: string }>(make: (n: number) => T): Record<string, T> =>
    Object.fromEntries(numbers(pool).map((n) => [make(n).handle, make(n)]));
  return {
    ...emptyWorld,
    boxes: all((n) => boxOf(n, home, status)),
    execs: all(execOf),
    attaches: all(attachOf),
    hosts: { h1: {}, h2: {} },
  };
}

const boxOf = (n: number, home: Home, status: BoxStatus): Box => ({
  handle: `box${n}`,
  home,
  name: names[n - 1] ?? null,
  kind: 'sandbox',
  main: null,
  detached: true,
  status,
  code: null,
  runs: 1,
  disk: {},
  directories: [],
  mounts: [],
  asked: [],
  out: '',
  err: '',
  mainAttachedBy: null,
  draining: false,
  adopted: false,
});

const execOf = (n: number): Exec => ({
  handle: `exec${n}`,
  box: `box${n}`,
  by: 'id',
  work: { do: 'cat' },
  status: 'running',
  codes: [],
  out: '',
  err: '',
  cut: false,
  stdinOpen: true,
  attachedBy: `att${n}`,
  draining: false,
});

const attachOf = (n: number): Attach => ({
  handle: `att${n}`,
  to: { exec: `exec${n}` },
  readonly: false,
  state: 'open',
  final: null,
  errors: [],
});
