import * as fc from 'fast-check';
import type { Mount } from '../domain/mount.ts';
import type { BoxOptions } from '../domain/options.ts';
import { type BadPort, badPorts } from '../domain/port.ts';
import type { Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';
import { creationRefusals, isAskable } from '../model/creation-options.ts';
import { askedPorts, hostPortsOf } from '../model/ports.ts';
import type { Refers } from '../model/refers.ts';
import type { Creating } from '../model/situation.ts';
import { boxesOf, homeOf, nextHandle, type World } from '../model/world.ts';
import { resized } from './fills.ts';
import { ofBox, SERVED, unknownUsers } from './option-values.ts';
import { maybeOptions, simplerOptions } from './options.ts';
import { livingBoxes, surfaces } from './pick.ts';
import { simplerWork, without } from './shrink.ts';
import { badMounts, goodMounts, mountsWeight, names, serving } from './values.ts';
import type { DrawContext } from './verb.ts';

/** What a creating step is varied in. */
interface Extra extends BoxOptions, Pick<Creating, 'detach'> {
  main: Work | undefined;
  name?: string;
  mounts?: Mount[];
}

/** Main commands to choose from. */
interface Mains {
  readonly mains: readonly (Work | undefined)[];
  /** Those that are worth having with a volume. */
  readonly mounting: readonly (Work | undefined)[];
  /** An SDK in local mode makes boxes so as well. */
  readonly local?: true;
}

/** Names in use in the home a surface works on. */
const takenNames = (world: World, via: Surface): string[] =>
  boxesOf(world, homeOf(via)).flatMap(({ name }) => (name === null ? [] : [name]));

/** What a box may not be asked for everywhere, or anywhere. */
const badOptions: BoxOptions[] = [
  { cpus: 0 },
  { cpus: 17 },
  { cpus: 256 },
  { capAdd: ['NET ADMIN'] },
  { capDrop: ['NET ADMIN'] },
  { allowNet: ['192.168.127.254:80'] },
  { allowNet: ['10.0.0.0/8', '192.168.127.0/33'] },
  { allowNet: ['fd00::1'] },
  { allowNet: ['10.0.0.1,10.0.0.2'] },
  { outbound: 'disabled', allowNet: ['192.168.127.254'] },
  { autoStopS: 7_200, autoDeleteS: 7_200 },
  { autoResume: false },
  ...Object.keys(badPorts).map((badPort) => ({ badPort: badPort as BadPort })),
  { ports: [{ host: 1, box: SERVED }], outbound: 'disabled' },
];

/** Ports whose use shows whether a box has come up with them: with one that somebody has it does not. */
const wantedPorts = (world: World, via: Surface): BoxOptions[] => {
  if (via !== 'cli' && via !== 'url') return [];
  return [...new Set([1, ...takenPorts(world, via)])].map((host) => ({ ports: [{ host, box: SERVED }] }));
};

/** Ports that somebody has, or that a box of this home was asked for. */
const takenPorts = (world: World, via: Surface): number[] => askedPorts(world, boxesOf(world, homeOf(via)));

/** Rules under which a box does not reach its host, and none at all. */
const closedNetworks: BoxOptions[] = [{ allowNet: ['10.0.0.0/8'] }, { outbound: 'disabled' }];

/** Who a box of an SDK in local mode goes with: its own stop, its maker, nobody; the last is refused (contract 15.5). */
const lifetimes: Pick<Creating, 'detach' | 'autoDeleteS'>[] = [
  {},
  { autoDeleteS: 0 },
  { autoDeleteS: 0, detach: true },
  { detach: true },
];

function extrasFor(world: World, via: Surface, { mains, mounting }: Mains): Extra[] {
  const [main] = mains;
  if (via === 'local-sdk')
    return lifetimes.flatMap((asked) => mains.map((each) => ({ main: each, ...asked })));
  const good = via === 'cli' ? goodMounts : goodMounts.slice(0, 2);
  return [
    ...mains.map((each) => ({ main: each })),
    ...takenNames(world, via).map((name) => ({ main, name })),
    ...good.flatMap((mounts) => mounting.map((each) => ({ main: each, mounts }))),
    ...badMounts.map((mounts) => ({ main, mounts })),
    ...unknownUsers.map((user) => ({ main, user })),
    { main, badWorkdir: true },
    ...closedNetworks.map((option) => ({ main, ...option })),
    // A job is never booted in passing.
    ...(mains.includes(undefined) ? [{ main: undefined, autoResume: false }] : []),
    ...wantedPorts(world, via).flatMap((option) =>
      [main, serving].map((each) => ({ main: each, ...option })),
    ),
    ...badOptions.map((option) => ({ main, ...option })),
  ];
}

/** Creating steps for every surface, main command, taken name and kind of volume. */
export function creationCandidates<S extends Creating & { readonly op: string }>(
  op: S['op'],
  world: World,
  context: DrawContext,
  mains: Mains,
): S[] {
  if (livingBoxes(world).length >= context.maxBoxes) return [];
  const as = nextHandle(world, 'box');
  const local = mains.local ? (['local-sdk'] as const) : [];
  return surfaces<Surface>(context, 'cli', 'url', 'rest', ...local).flatMap((via) =>
    extrasFor(world, via, mains).map(
      ({ main, ...extra }) => ({ op, via, as, ...(main && { main }), ...extra }) as S,
    ),
  );
}

/** How much oftener a creating step is drawn: as often as its volumes, else as its command, is worth trying. */
export const likelyCreation = (
  { name, main, mounts, ports, allowNet, outbound, autoResume }: Creating,
  { held }: World,
  ofMain: (main: Work | undefined) => number,
  mounting: (main: Work | undefined) => number = () => 1,
): number => {
  // Somebody who has a port is there to be met: a single refusal beside twenty others.
  if (ports?.some(({ host = 0 }) => held.includes(host))) return 1_000;
  if (ports && outbound === undefined) return 4 * ofMain(main);
  if (autoResume === false) return 1;
  if (allowNet ?? outbound) return 3 * ofMain(main);
  if (mounts) return mountsWeight(mounts) * mounting(main);
  return name === undefined ? ofMain(main) : 1;
};

/** Half of the boxes get a name, odd ones included, and some of them options. */
export const varied = <S extends Creating>(
  step: S,
  world: World,
  isPossible: (step: S) => boolean = (asked) => isAskable(asked),
): fc.Arbitrary<S> => {
  const mistakes = creationRefusals(step).length;
  const taken = takenPorts(world, step.via);
  const isAsGood = (asked: S) =>
    isPossible(asked) &&
    creationRefusals(asked).length === mistakes &&
    (step.ports !== undefined || !hostPortsOf({ options: asked }).some((port) => taken.includes(port)));
  const sized = step.main ? resized(step.main).map((main): S => ({ ...step, main })) : fc.constant(step);
  return sized
    .chain((each) => maybeNamed(each, world))
    .chain((each) => maybeOptions(each, each.main, ofBox, isAsGood));
};

function maybeNamed<S extends Creating>(step: S, world: World): fc.Arbitrary<S> {
  const free = names.filter((name) => !takenNames(world, step.via).includes(name));
  if (step.name !== undefined || free.length === 0) return fc.constant(step);
  return fc
    .option(fc.constantFrom(...free), { nil: undefined })
    .map((name) => (name === undefined ? step : { ...step, name }));
}

/** Simpler creating steps: without volumes, name and, where it may be the image's own, command, or with a simpler one. */
export function* simplerCreation<S extends Creating>(step: S, keepsMain = false): Iterable<S> {
  yield* without(step, 'mounts', 'name');
  yield* simplerOptions(step, step.main);
  if (!keepsMain) yield* without(step, 'main');
  for (const main of step.main ? simplerWork(step.main) : []) yield { ...step, main };
  for (const [i] of (step.mounts ?? []).entries()) {
    if ((step.mounts ?? []).length > 1) yield { ...step, mounts: step.mounts?.toSpliced(i, 1) };
  }
}

/** Leaves a box with a past, and nothing else. */
export const nothing = { do: 'print', out: '', err: '', code: 0 } as const;

/** A step for a box that was there once: only the CLI has a word for that. */
export const onceThere = ({ main: _, ...made }: Creating): Refers | null =>
  made.via === 'rest' ? null : ({ ...made, op: 'foreground', main: nothing, rm: true } as Refers);
