import { z } from 'zod';
import { verbs } from '../../commands/index.ts';
import type { BoxOptions } from '../../domain/options.ts';
import { type By, spelledBy } from '../../domain/surface.ts';
import { idsOf, startRefusal, staysDown } from '../../model/options.ts';
import { isDirectory } from '../../model/paths.ts';
import type { Reason } from '../../model/reasons.ts';
import { homeOfStep, type Refers } from '../../model/refers.ts';
import { hasClones, hasLostBase, hasMissingMount } from '../../model/runs.ts';
import type { Creating } from '../../model/situation.ts';
import { boxesOf, type World } from '../../model/world.ts';
import { bySchema, type Step } from '../../program/step.ts';
import { amounts, amountsOf, isCutIn, isMistaken, isWithin } from './asked.ts';
import { isChangedInUrl, isOutsideUri } from './in-url.ts';
import { hasMixedModes, isNested, mountsOf } from './mounted.ts';
import { isBinary, isWide } from './shown.ts';
import { isCut, isOfGoneServer, isOfOverRun } from './streams.ts';
import { comesAgain, subjectAttach, subjectBox, subjectBoxes, subjectExec } from './subject.ts';

const someOf = <T extends z.ZodType>(one: T) => z.array(one).min(1).optional();
const words = someOf(z.string().min(1));
const flag = z.boolean().optional();

/**
 * Conditions on a step beyond its operation, and on the box it is about: those that marks have needed so far, each
 * with its fact below. Every one that is given must hold; of several words one is enough.
 */
export const whereSchema = z.strictObject({
  /** `do` of the workload of exec and spawn, or of the own command of a box that is made; of one that reaches its host also how. */
  work: words,
  /** Kinds of mounts asked for. */
  mountKind: words,
  /** What is wrong with a malformed mount. */
  mountHow: words,
  stdin: flag,
  by: someOf(z.enum(['id', ...bySchema.options])),
  force: flag,
  rm: flag,
  badWorkdir: flag,
  /** Several targets in one command. */
  several: flag,
  /** The empty text instead of a box. */
  emptyName: flag,
  /** What is wrong with the body of a create. */
  flaw: words,
  signal: someOf(z.int()),
  /** Part of the path of a copy, or of the file a command writes or reads. */
  path: z.string().min(1).optional(),
  /** The path of a copy is empty. */
  emptyPath: flag,
  /** The path of a copy is that of a file the box has. */
  ontoFile: flag,
  /** A directory is copied. */
  tree: flag,
  /** It is copied to where no directory is, itself and not what is in it. */
  treeToNewPath: flag,
  /** How much is asked for: each of these amounts lies within its bounds. */
  asks: amounts.optional(),
  /** A command is asked for that leaves a child which holds its streams. */
  forks: flag,
  /** The value of a variable of the box is longer than `beyond`, and its first `at` bytes cut a character. */
  cutAt: z.strictObject({ at: z.int().min(1), beyond: z.int().min(0) }).optional(),
  /** The box was asked for with an empty list of words as its command. */
  emptyCmd: flag,
  /** What is asked for a box is refused anyhow, whatever its deadlines. */
  mistaken: flag,
  /** There are clones of the box. */
  cloned: flag,
  /** A size below nothing is asked for. */
  negative: flag,
  /** The execution has a terminal. */
  tty: flag,
  /** What it should write, or be fed, is no UTF-8 text. */
  binary: flag,
  /** What it should bring to light has at least so many bytes, some of them of characters beyond ASCII. */
  wide: z.int().min(1).optional(),
  /** The name of a box that is made or meant is another one in a URL, where it is not encoded. */
  changedInUrl: flag,
  /** It is one of these. */
  nameIs: words,
  /** The text of the execution has a character that no URI has, where it is not encoded. */
  outsideUri: flag,
  /** The box is spelled otherwise than when the execution was made, or than by the client that has its main session. */
  otherSpelling: flag,
  /** The run of the box that the execution was in is over; the box may run again. */
  runOver: flag,
  /** The stream that is read was cut off: its command was stopped, it did not end by itself. */
  cut: flag,
  /** The server is gone that the stream came from, while its command ran. */
  serverGone: flag,
  /** Somebody had been attached to the same stream, and has closed or seen its end. */
  again: flag,
  /** The SDK that the stream is read through. */
  client: words,
  /** Some box of the home the step looks at is in one of these states. */
  someBox: words,
  /** The box the step is about, before the step, has one host directory mounted in both modes; a part of its name. */
  box: z.strictObject({ mixedModes: flag, named: z.string().min(1).optional() }).optional(),
  /** It ends with the process that has booted it. */
  owned: flag,
  /** It is a clone, of a clone or not, of one that is removed, and of whose snapshots one was below its disk. */
  baseGone: flag,
  /** A directory of the host is to be within another one in the box. */
  nested: flag,
  /** The box is for somebody else than root. */
  notRoot: flag,
  /** It had a run before the present one, which somebody has started. */
  ranBefore: flag,
  /** Why, as the model has it, what is asked for cannot be started: the box itself, or the command of an exec. */
  unstartable: words,
});

export type Where = z.infer<typeof whereSchema>;

/** Whether the conditions hold. */
export const holdsWhere = (where: Where, step: Step, world: World): boolean =>
  Object.entries(where).every(([name, wanted]) => {
    if (wanted === undefined) return true;
    const fact = facts[name as keyof Where](step, world, wanted as never);
    return Array.isArray(wanted)
      ? [fact].flat().some((one) => wanted.includes(one as never))
      : fact === wanted;
  });

/** Gives what a condition is about: one value or several; what is wanted, where only that can be looked for. */
type Fact<Wanted> = (step: Step, world: World, wanted: Wanted) => unknown;

const facts: { readonly [Name in keyof Where]-?: Fact<NonNullable<Where[Name]>> } = {
  work: (step) => {
    const work = 'work' in step ? step.work : 'main' in step ? step.main : undefined;
    return work?.do === 'reach' ? ['reach', work.by] : work?.do;
  },
  mountKind: (step) => mountsOf(step).map(({ kind }) => kind),
  mountHow: (step) => mountsOf(step).map((mount) => ('how' in mount ? mount.how : null)),
  stdin: (step) => 'stdin' in step && step.stdin !== undefined,
  by: (step) => ('by' in step && step.by) || 'id',
  force: (step) => 'force' in step && step.force === true,
  rm: (step) => 'rm' in step && step.rm === true,
  badWorkdir: (step) => 'badWorkdir' in step && step.badWorkdir === true,
  several: (step) => 'on' in step && Array.isArray(step.on) && step.on.length > 1,
  emptyName: (step) => 'on' in step && [step.on].flat().includes('?'),
  flaw: (step) => ('flaw' in step ? step.flaw : null),
  signal: (step) => ('signal' in step ? step.signal : null),
  path: (step, _world, part) => (pathOf(step).includes(part) ? part : null),
  emptyPath: (step) => 'path' in step && step.path === '',
  ontoFile: (step, world) => 'path' in step && subjectBox(world, step)?.disk[step.path] !== undefined,
  tree: (step) => 'tree' in step && step.tree !== undefined,
  treeToNewPath: (step, world) => {
    const box = subjectBox(world, step);
    return 'tree' in step && step.tree === 'directory' && box !== null && !isDirectory(box, step.path);
  },
  asks: (step, world, wanted) =>
    boxOptionsOf(step, world).some((options) => isWithin(amountsOf(step, options), wanted)) ? wanted : null,
  forks: (step, world) =>
    'work' in step &&
    'forks' in step.work &&
    step.work.forks === true &&
    (execRefusalOf(step) ?? resumeRefusalOf(step, world)) === null,
  cutAt: (step, world, where) =>
    boxOptionsOf(step, world).some((options) => isCutIn(options, where)) ? where : null,
  emptyCmd: (step, world) => boxOptionsOf(step, world).some(({ emptyCmd }) => emptyCmd === true),
  mistaken: (step) => verbs[step.op].makes === 'box' && isMistaken(step as Creating),
  cloned: (step, world) => subjectBoxes(world, step).some((handle) => hasClones(world, handle)),
  negative: (step) => 'rows' in step && Math.min(step.rows, step.cols) < 0,
  tty: (step, world) => subjectExec(world, step)?.tty === true,
  binary: isBinary,
  wide: (step, world, least) => (isWide(step, world, least) ? least : null),
  changedInUrl: (step, world) => namesOf(step, world).some(isChangedInUrl),
  nameIs: (step, world) => namesOf(step, world),
  outsideUri: (step) => 'exec' in step && isOutsideUri(step.exec),
  otherSpelling: isSpelledOtherwise,
  runOver: isOfOverRun,
  cut: isCut,
  serverGone: isOfGoneServer,
  again: comesAgain,
  client: (step, world) => world.attaches[subjectAttach(step) ?? '']?.via ?? null,
  someBox: (step, world) => boxesOf(world, homeOfStep(step)).map(({ status }) => status),
  box: (step, world, wanted) => {
    const { mixedModes, named = '' } = wanted;
    const box = subjectBox(world, step);
    const isMixed = mixedModes === undefined || (box !== null && hasMixedModes(box) === mixedModes);
    return box && isMixed && (box.name ?? '').includes(named) ? wanted : null;
  },
  baseGone: (step, world) => hasLostBase(world, subjectBox(world, step)),
  nested: isNested,
  notRoot: (step, world) => boxOptionsOf(step, world).some((options) => idsOf(options)?.uid !== 0),
  owned: (step, world) => subjectBox(world, step)?.detached === false,
  ranBefore: (step, world) => (subjectBox(world, step)?.runs ?? 0) > 1,
  unstartable: (step, world) => [
    bootRefusalOf(step, world),
    resumeRefusalOf(step, world),
    execRefusalOf(step),
  ],
};

/** What the box that a step makes is asked for with, or each that it is about was. */
const boxOptionsOf = (step: Step, world: World): BoxOptions[] =>
  verbs[step.op].makes === 'box'
    ? [step as BoxOptions]
    : subjectBoxes(world, step).map((handle) => world.boxes[handle]?.options ?? {});

/** Why the box of a step, or the one that it makes, cannot be booted. */
function bootRefusalOf(step: Step, world: World): Reason | null {
  const box = subjectBox(world, step);
  if (box) return hasMissingMount(box) ? 'mount-source-missing' : startRefusal(box.options, 'main');
  return verbs[step.op].makes === 'box' ? startRefusal(step as BoxOptions, 'main') : null;
}

function resumeRefusalOf(step: Step, world: World): Reason | null {
  const box = subjectBox(world, step);
  return box && staysDown(box) ? 'resume-off' : null;
}

const execRefusalOf = (step: Step): Reason | null => ('work' in step ? startRefusal(step, 'exec') : null);

const pathOf = (step: Step): string => {
  if ('path' in step) return step.path;
  return 'work' in step && 'path' in step.work ? step.work.path : '';
};

/** A name is a spelling only where the box has one. */
function isSpelledOtherwise(step: Step, world: World): boolean {
  const box = subjectBox(world, step);
  const spelling = (by: By): By => (by === 'name' && box?.name === null ? 'id' : by);
  const now = spelledBy(step as Refers);
  const before = subjectExec(world, step) ?? world.attaches[box?.attachedBy ?? ''];
  return before !== undefined && spelling(before.by) !== spelling(now);
}

/** Names of the box a step makes, and of those it is about. */
const namesOf = (step: Step, world: World): string[] => [
  ...('name' in step && step.name !== undefined ? [step.name] : []),
  ...subjectBoxes(world, step).flatMap((handle) => world.boxes[handle]?.name ?? []),
];
