import { type Counts, nothingCounted, type Range, type Usage } from '../counts.ts';
import type { Expect } from '../expect.ts';
import type { Outcome, Prediction } from '../outcome.ts';
import type { Reason } from '../reasons.ts';
import { type Effect, homeOfStep, type Refers } from '../refers.ts';
import type { Box, World } from '../world.ts';

/** What a step adds: to what the server counts, and to what is counted of the box in which it starts a process. */
interface Added {
  readonly server: Readonly<Record<keyof Counts['server'], Range>>;
  readonly usage?: { readonly box: string; readonly more: Usage };
}

const none: Range = [0, 0];
const once: Range = [1, 1];
const maybe: Range = [0, 1];

const sum = ([a, b]: Range, [c, d]: Range): Range => [a + c, b + d];

const hull = ([a, b]: Range, [c, d]: Range): Range => [Math.min(a, c), Math.max(b, d)];

/** Nothing has been counted in a box: it has a new run, or a new server (contract 13). */
const unused: Usage = { commands: none, errors: none, received: 0, sent: 0 };

/** What is counted of a box by now. */
export const usageOf = ({ counts }: Pick<World, 'counts'>, box: string): Usage => counts.boxes[box] ?? unused;

/**
 * The prediction of a step with what a server counts of it (contract 13). Outcomes that lead into one and the same
 * world stay together: what may have been counted in either of them may have been counted in both.
 */
export function counting(world: World, step: Refers, effect: Effect, prediction: Prediction): Prediction {
  if (homeOfStep(step) !== 'server' && effect !== 'renews') return prediction;
  const { outcomes } = prediction;
  const counted = outcomes.map((outcome) => {
    const alike = outcomes.filter(({ next }) => next === outcome.next);
    const counts = alike.map((one) => countsAfter(world, step, effect, one)).reduce(either);
    return counts === outcome.next.counts ? outcome : { ...outcome, next: { ...outcome.next, counts } };
  });
  return { ...prediction, outcomes: counted as [Outcome, ...Outcome[]] };
}

const either = (one: Counts, other: Counts): Counts =>
  one === other
    ? one
    : {
        server: joined(one.server, other.server, hull),
        boxes: Object.fromEntries(
          Object.entries(one.boxes).map(([box, usage]) => [box, joinedUsage(usage, other.boxes[box])]),
        ),
      };

const joined = <T extends Readonly<Record<string, Range>>>(one: T, other: T, join: typeof sum): T =>
  Object.fromEntries(
    Object.entries(one).map(([name, range]) => [name, join(range, other[name] ?? none)]),
  ) as T;

const joinedUsage = (one: Usage, other: Usage = unused): Usage => ({
  commands: hull(one.commands, other.commands),
  errors: hull(one.errors, other.errors),
  received: Math.min(one.received, other.received),
  sent: Math.min(one.sent, other.sent),
});

function countsAfter(world: World, step: Refers, effect: Effect, outcome: Outcome): Counts {
  const { counts } = world;
  if (effect === 'renews') {
    const cut = Object.values(world.boxes).filter((box) => box.home === 'server' && isUp(box)).length;
    return { boxes: {}, server: { ...nothingCounted.server, stopped: [0, cut] } };
  }
  const { server, usage } = addedBy(world, step, effect, outcome);
  const anew = Object.keys(counts.boxes).filter((box) => isAnotherRun(world, outcome.next, box));
  const isNothing = Object.values(server).every((range) => range === none);
  if (isNothing && !usage && anew.length === 0) return counts;
  const boxes = { ...counts.boxes, ...Object.fromEntries(anew.map((box) => [box, unused])) };
  if (usage) boxes[usage.box] = addedUsage(boxes[usage.box] ?? unused, usage.more);
  return { server: joined(counts.server, server, sum), boxes };
}

const addedUsage = (before: Usage, more: Usage): Usage => ({
  commands: sum(before.commands, more.commands),
  errors: sum(before.errors, more.errors),
  received: before.received + more.received,
  sent: before.sent + more.sent,
});

const isUp = ({ status }: Box): boolean => status === 'running' || status === 'ending' || status === 'primed';

const isAnotherRun = (before: World, after: World, box: string): boolean =>
  after.boxes[box]?.runs !== before.boxes[box]?.runs;

function addedBy(world: World, step: Refers, effect: Effect, outcome: Outcome): Added {
  const { as = '' } = step;
  const reasons = reasonsOf(outcome.expect);
  const boots = reasons.filter((reason) => bootReasons.has(reason)).length;
  const isNew = outcome.next.boxes[as] !== undefined && world.boxes[as] === undefined;
  const isMade = isNew && reasons.length === boots;
  const command = step.work ? commandOf(reasons) : none;
  const error = command === once && reasons.length === 0 ? none : command;
  const server = {
    // A copy, which tells the box, may count as a creation or not.
    created: isMade ? (outcome.expect.is === 'done' ? maybe : once) : none,
    failed: boots === 0 ? none : ([boots, boots] as const),
    stopped: stopsOf(world, step, effect, outcome.next),
    commands: command,
    errors: error,
  };
  if (command === none || typeof step.on !== 'string') return { server };
  return {
    server,
    usage: { box: step.on, more: { commands: command, errors: error, ...bytesOf(step, outcome) } },
  };
}

/** Why a box, or each of several, was refused. */
const reasonsOf = (expect: Expect): Reason[] => {
  if (expect.is === 'refused') return [expect.reason];
  return expect.is === 'batch' ? expect.each.flatMap(({ reason }) => reason ?? []) : [];
};

/** A boot that fails for one of these leaves a failed box. */
const bootReasons: ReadonlySet<Reason> = new Set([
  'main-missing',
  'main-directory',
  'main-user',
  'main-workdir',
]);

/** A command that reached its box and could not be started. */
const spawnReasons: ReadonlySet<Reason> = new Set(['exec-missing', 'exec-directory', 'exec-workdir']);

/** A command counts once it has reached its box, whether or not it could be started there. */
function commandOf([reason]: readonly Reason[]): Range {
  if (reason === undefined || spawnReasons.has(reason)) return once;
  return reason === 'box-ended' || reason === 'exec-user' ? maybe : none;
}

/** Runs that a step has ended by a stop, each; those that end otherwise, and stops that had nothing to do, maybe. */
function stopsOf(world: World, step: Refers, effect: Effect, next: World): Range {
  if (effect === 'looks' || effect === 'lists' || effect === 'settles') return none;
  const { stopped, ended } = endsBetween(world, next, effect);
  const isStop = effect === 'stops' || step.op === 'restart';
  const targets = isStop ? [step.on ?? []].flat().length : 0;
  const others = Math.max(0, targets - stopped);
  return stopped + ended + others === 0 ? none : [stopped, stopped + ended + others];
}

function endsBetween(world: World, next: World, effect: Effect): { stopped: number; ended: number } {
  let stopped = 0;
  let ended = 0;
  for (const box of Object.values(next.boxes)) {
    const before = world.boxes[box.handle];
    const isNewRun = box.runs > (before?.runs ?? 0);
    const wasCut = before?.status === 'running' && (box.status !== 'running' || isNewRun);
    if (wasCut && (effect === 'stops' || isNewRun)) stopped += 1;
    else if (wasCut) ended += 1;
    if (isNewRun && box.status !== 'running') ended += 1;
    if (before?.status === 'primed' && box.status === 'removed') ended += 1;
  }
  return { stopped, ended };
}

/** Bytes that a client has surely had of a command, and that it has surely taken. */
function bytesOf(step: Refers, { expect }: Outcome): Pick<Usage, 'received' | 'sent'> {
  if (expect.is !== 'ended') return { received: 0, sent: 0 };
  const received = 'exactly' in expect.out ? expect.out.exactly.length : 0;
  // A terminal shows what is typed as well.
  return { received, sent: step.work?.do === 'cat' && !step.tty ? received : 0 };
}

/**
 * The world after an answer that no outcome has, as a known divergence has it: what the step has counted nobody says,
 * but of each thing at most two, as a step has at most two targets.
 */
export function looselyCounted(before: World, after: World): World {
  const loose = ([before]: Range, [least, most]: Range): Range => [Math.min(before, least), most + 2];
  // One that nothing was counted of so far may be the one that it is about.
  const handles = new Set([...Object.keys(after.boxes), ...Object.keys(after.counts.boxes)]);
  const boxes = [...handles].map((handle): [string, Usage] => {
    const was = usageOf(before, handle);
    const { commands, errors } = usageOf(after, handle);
    const usage = { commands: loose(was.commands, commands), errors: loose(was.errors, errors) };
    return [handle, { ...usage, received: was.received, sent: was.sent }];
  });
  const server = joined(before.counts.server, after.counts.server, loose);
  return { ...after, counts: { server, boxes: Object.fromEntries(boxes) } };
}
