import { z } from 'zod';
import { boxesOf } from '../../model/lookup.ts';
import { homeOfStep } from '../../model/refers.ts';
import type { Box, World } from '../../model/world.ts';
import { type By, bySchema, type Step } from '../../program/step.ts';
import { isBinary } from './binary.ts';
import { comesAgain, subjectAttach, subjectBox, subjectBoxes, subjectExec } from './subject.ts';

const words = z.array(z.string().min(1)).min(1);

/**
 * Conditions on a step beyond its operation, and on the box it is about. Every one that is given must hold; of
 * several words one is enough.
 */
export const whereSchema = z.strictObject({
  /** `do` of the workload of exec and spawn. */
  work: words.optional(),
  /** `do` of the main command asked for; `none` for the image's default. */
  main: words.optional(),
  /** Kinds of mounts asked for; `none` for no mount at all. */
  mountKind: words.optional(),
  /** What is wrong with a malformed mount. */
  mountHow: words.optional(),
  mountMode: z
    .array(z.enum(['ro', 'rw']))
    .min(1)
    .optional(),
  stdin: z.boolean().optional(),
  by: z.array(bySchema).min(1).optional(),
  force: z.boolean().optional(),
  readonly: z.boolean().optional(),
  rm: z.boolean().optional(),
  all: z.boolean().optional(),
  badWorkdir: z.boolean().optional(),
  timeout: z.boolean().optional(),
  named: z.boolean().optional(),
  /** Several targets in one command. */
  several: z.boolean().optional(),
  /** Literal text instead of something the program made. */
  bogus: z.boolean().optional(),
  /** The empty text instead of a box. */
  emptyName: z.boolean().optional(),
  how: words.optional(),
  /** What is wrong with the body of a create. */
  flaw: words.optional(),
  frame: words.optional(),
  signal: z.array(z.int()).min(1).optional(),
  /** Part of the path of a copy, or of the file a command writes or reads. */
  path: z.string().min(1).optional(),
  /** The path of a copy is empty. */
  emptyPath: z.boolean().optional(),
  /** A size below nothing is asked for. */
  negative: z.boolean().optional(),
  /** What it should write, or be fed, is no UTF-8 text. */
  binary: z.boolean().optional(),
  /** The name of a box that is made or meant holds one of these. */
  nameHas: words.optional(),
  /** The box is spelled otherwise than when the execution was made. */
  otherSpelling: z.boolean().optional(),
  /** The stream that is read was cut off: its command was stopped, it did not end by itself. */
  cut: z.boolean().optional(),
  /** Somebody had been attached to the same stream, and has closed or seen its end. */
  again: z.boolean().optional(),
  /** Some box of the home the step looks at is in one of these states. */
  someBox: words.optional(),
  /** The box the step is about, before the step. */
  box: z
    .strictObject({
      kind: z
        .array(z.enum(['job', 'sandbox']))
        .min(1)
        .optional(),
      status: words.optional(),
      detached: z.boolean().optional(),
      main: words.optional(),
      mounted: z.boolean().optional(),
      named: z.boolean().optional(),
      attached: z.boolean().optional(),
      ranBefore: z.boolean().optional(),
      /** It has one host directory mounted in both modes. */
      mixedModes: z.boolean().optional(),
    })
    .optional(),
});

export type Where = z.infer<typeof whereSchema>;

/** Whether the conditions hold; those on the box do not where the step is about no box the world knows. */
export function holdsWhere(where: Where, step: Step, world: World): boolean {
  const { box, someBox, binary, nameHas, otherSpelling, cut, again, ...conditions } = where;
  const fields = step as Readonly<Record<string, unknown>>;
  for (const [name, wanted] of Object.entries(conditions)) {
    if (wanted !== undefined && !holdsOne(name as keyof Where, wanted, step, fields)) return false;
  }
  if (nameHas && !namesOf(step, world).some((name) => nameHas.some((part) => name.includes(part))))
    return false;
  if (someBox && !boxesOfHome(step, world).some(({ status }) => someBox.includes(status))) return false;
  if (otherSpelling !== undefined && otherSpelling !== isSpelledOtherwise(step, world)) return false;
  if (cut !== undefined && cut !== isCut(step, world)) return false;
  if (again !== undefined && again !== comesAgain(step, world)) return false;
  if (binary !== undefined && binary !== isBinary(step, world)) return false;
  return box === undefined || holdsBox(box, step, world);
}

/** A name is a spelling only where the box has one. */
function isSpelledOtherwise(step: Step, world: World): boolean {
  const exec = subjectExec(world, step);
  const spelling = (by: By): By => (by === 'name' && subjectBox(world, step)?.name === null ? 'id' : by);
  const now: By = 'by' in step ? (step.by ?? 'id') : 'id';
  return exec !== null && spelling(exec.by) !== spelling(now);
}

function isCut(step: Step, world: World): boolean {
  const attach = subjectAttach(step);
  return attach !== null && world.attaches[attach]?.final?.cut === true;
}

/** Names of the box a step makes, and of those it is about. */
const namesOf = (step: Step, world: World): string[] => [
  ...('name' in step && step.name !== undefined ? [step.name] : []),
  ...subjectBoxes(world, step).flatMap((handle) => world.boxes[handle]?.name ?? []),
];

/** Boxes of the home a step works on. */
const boxesOfHome = (step: Step, world: World) => boxesOf(world, homeOfStep(step));

function holdsOne(
  name: keyof Where,
  wanted: unknown,
  step: Step,
  fields: Readonly<Record<string, unknown>>,
): boolean {
  switch (name) {
    case 'work':
      return 'work' in step && oneOf(wanted, step.work.do);
    case 'main':
      return oneOf(wanted, 'main' in step ? (step.main?.do ?? 'none') : 'none');
    case 'mountKind':
      return mountsOf(step, (mount) => mount.kind).some((kind) => oneOf(wanted, kind));
    case 'mountHow':
      return mountsOf(step, (mount) => ('how' in mount ? mount.how : 'none')).some((how) =>
        oneOf(wanted, how),
      );
    case 'mountMode':
      return mountsOf(step, modeOf).some((mode) => oneOf(wanted, mode));
    case 'by':
      return oneOf(wanted, fields.by ?? 'id');
    case 'how':
    case 'flaw':
    case 'frame':
    case 'signal':
      return oneOf(wanted, fields[name]);
    case 'path':
      return pathOf(step).includes(String(wanted));
    case 'emptyPath':
      return wanted === (fields.path === '');
    case 'negative':
      return wanted === [fields.rows, fields.cols].some((size) => Number(size) < 0);
    case 'several':
      return wanted === (Array.isArray(fields.on) && fields.on.length > 1);
    case 'bogus':
      return wanted === isBogus(fields);
    case 'emptyName':
      return wanted === [fields.on].flat().includes('?');
    case 'named':
      return wanted === (fields.name !== undefined);
    case 'timeout':
      return wanted === (fields.timeoutS !== undefined);
    case 'stdin':
      return wanted === (fields.stdin !== undefined);
    default:
      return wanted === (fields[name] ?? false);
  }
}

const oneOf = (wanted: unknown, value: unknown): boolean => Array.isArray(wanted) && wanted.includes(value);

type MountOf = NonNullable<Extract<Step, { op: 'run' }>['mounts']>[number];

function mountsOf(step: Step, tell: (mount: MountOf) => string): string[] {
  const mounts = 'mounts' in step ? (step.mounts ?? []) : [];
  return mounts.length > 0 ? mounts.map(tell) : ['none'];
}

/** `rw` where none is told (contract 6.1). */
const modeOf = (mount: MountOf): string =>
  mount.kind === 'missing' || mount.kind === 'malformed' ? 'none' : (mount.mode ?? 'rw');

const pathOf = (step: Step): string => {
  if ('path' in step) return step.path;
  return 'work' in step && 'path' in step.work ? step.work.path : '';
};

function hasMixedModes({ mounts }: Box): boolean {
  const dirs = mounts.filter((mount) => mount.kind === 'dir');
  const modes = (host: string) =>
    new Set(dirs.filter((dir) => dir.host === host).map(({ mode }) => mode ?? 'rw'));
  return dirs.some(({ host }) => modes(host).size > 1);
}

const isBogus = (fields: Readonly<Record<string, unknown>>): boolean =>
  [fields.on, fields.exec].flat().some((handle) => typeof handle === 'string' && handle.startsWith('?'));

function holdsBox(wanted: NonNullable<Where['box']>, step: Step, world: World): boolean {
  const box = subjectBox(world, step);
  if (!box) return false;
  const facts: Record<keyof typeof wanted, unknown> = {
    kind: box.kind,
    status: box.status,
    detached: box.detached,
    main: box.main?.do ?? 'none',
    mounted: box.mounts.length > 0,
    mixedModes: hasMixedModes(box),
    named: box.name !== null,
    attached: box.attachedBy !== null,
    ranBefore: box.runs > 0,
  };
  return Object.entries(wanted).every(([name, want]) => {
    const fact = facts[name as keyof typeof wanted];
    return want === undefined || want === fact || oneOf(want, fact);
  });
}
