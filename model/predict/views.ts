import { deadlines } from '../../domain/deadlines.ts';
import { rulesText } from '../../domain/network.ts';
import { isCli, type Surface } from '../../domain/surface.ts';
import type { BoxExpect } from '../expect.ts';
import { allow, done, type Prediction, refuse } from '../outcome.ts';
import { settled } from '../runs.ts';
import { type Box, boxesOf, findBox, homeOf, type KeptCode, type World, withBox } from '../world.ts';

/** A look at one box. */
export interface OneBox {
  readonly via: Surface;
  readonly on: string;
}

type State = BoxExpect['states'][number];

const statesIn = (...words: string[]): State[] => words.map((status) => ({ status, code: 'any' }));

const statesOf = (box: Box): State[] => {
  switch (box.status) {
    case 'primed':
      return [
        { status: 'configured', code: null },
        { status: 'running', code: null },
      ];
    // Only the word is late (contract 7.1): the code may be shown before it.
    case 'ending':
      return [withCode('stopped', box.code), withCode('running', null), withCode('running', box.code)];
    case 'stopped':
      return [withCode('stopped', box.code)];
    case 'failed':
      return [{ status: 'failed', code: 'any' }];
    case 'leaving':
      return statesIn('running', 'stopped', 'stopping', 'failed');
    case 'unclear':
      return statesIn('configured', 'running', 'stopping', 'stopped', 'failed', 'unknown', 'paused');
    default:
      return [{ status: box.status, code: null }];
  }
};

const withCode = (status: string, code: KeptCode): State => ({ status, code });

/** Only a REST read is limited (contract 7.11); a CLI process opens its home first, which may recover boxes. */
const readLimit = (via: Surface): number => (isCli(via) ? deadlines.commandMs : deadlines.readMs);

/** What every view shows of a box now; all views agree (contract 8.10). */
export const boxExpect = (box: Box, states: readonly State[] = statesOf(box)): BoxExpect => ({
  handle: box.handle,
  name: box.name,
  states,
  ...shownOf(box),
});

const shownNames = [
  ...(['cpus', 'memoryMib', 'outbound', 'inbound'] as const),
  ...(['autoStopS', 'autoDeleteS', 'autoResume'] as const),
];

/** What a box was asked for is what it shows (contract 12.2, 12.4). */
function shownOf({ options, policy }: Box): Pick<BoxExpect, 'shows'> {
  const asked = shownNames.filter((name) => options[name] !== undefined);
  const rules = policy?.rules ?? options.allowNet;
  const shows = {
    ...Object.fromEntries(asked.map((name) => [name, options[name]])),
    ...(policy && { outbound: policy.mode }),
    ...(rules && { allowNet: rulesText(rules) }),
  };
  return Object.keys(shows).length === 0 ? {} : { shows };
}

/** `inspect`, GET box. A read changes nothing, but it may show that a run has ended (contract 7.1). */
export function predictInspect(world: World, step: OneBox): Prediction {
  const box = findBox(world, step.on, step.via);
  if (!box) return refuse('unknown-box', world, readLimit(step.via));
  const states = statesOf(box);
  const words = [...new Set(states.map(({ status }) => status))];
  const [first, ...rest] = words.map((word) => {
    const over = box.status === 'ending' && word === 'stopped' ? settled(world, box.handle) : world;
    const next = fetched(over, step);
    const shown = boxExpect(
      box,
      states.filter(({ status }) => status === word),
    );
    return done(`shown:${word}`, next, { is: 'box', box: shown });
  });
  return allow(readLimit(step.via), first as NonNullable<typeof first>, ...rest);
}

/** An SDK in local mode looks by getting the box: another handle, which is good (contract 15.5). */
const fetched = (world: World, { via, on }: OneBox): World =>
  via === 'local-sdk' && world.boxes[on]?.spent ? withBox(world, on, { spent: false }) : world;

const running = (states: readonly State[]): State[] => states.filter((state) => state.status === 'running');

/** `list`: running boxes, with -a and over REST all of them (contract 2.7). */
export function predictList(
  world: World,
  step: { readonly via: Surface; readonly all: boolean },
): Prediction | null {
  if (!isCli(step.via) && !step.all) return null;
  const shown: BoxExpect[] = [];
  const optional: BoxExpect[] = [];
  for (const box of boxesOf(world, homeOf(step.via))) {
    const states = statesOf(box);
    if (box.status === 'unclear') optional.push(boxExpect(box, states));
    else if (box.status === 'leaving') (step.all ? shown : optional).push(boxExpect(box, states));
    else if (step.all) shown.push(boxExpect(box, states));
    else if (running(states).length === states.length) shown.push(boxExpect(box, states));
    else if (running(states).length > 0) optional.push(boxExpect(box, running(states)));
  }
  const next = step.all ? leftOnce(world, homeOf(step.via)) : world;
  return allow(readLimit(step.via), done('listed', next, { is: 'boxes', boxes: shown, optional }));
}

/** Boxes that were seen to linger may be gone at any later look. */
const leftOnce = (world: World, home: Box['home']): World =>
  boxesOf(world, home)
    .filter(({ status }) => status === 'leaving')
    .reduce((next, { handle }) => withBox(next, handle, { status: 'unclear' }), world);

/** Polls until the word has caught up with the end of the main command, within 3 s (contract 7.1); at once where it has. */
export function predictSettle(world: World, step: OneBox): Prediction | null {
  const box = findBox(world, step.on, step.via);
  if (box?.status !== 'ending' && box?.status !== 'stopped') return null;
  const shown = boxExpect(box, [withCode('stopped', box.code)]);
  const next = fetched(box.status === 'ending' ? settled(world, box.handle) : world, step);
  const outcome = done('settled', next, { is: 'box', box: shown });
  return { ...allow(readLimit(step.via), outcome), pollMs: deadlines.settleMs };
}
