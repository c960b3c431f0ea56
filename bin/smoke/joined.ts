import { verbs } from '../../commands/index.ts';
import { canonical } from '../../program/canonical.ts';
import type { Step } from '../../program/step.ts';
import { handleMade } from '../../search/generate/handles.ts';
import { withHandles } from '../../search/shrink/refs.ts';
import { type PossibleWorlds, trajectoryOf } from '../../search/worlds/possible-worlds.ts';
import { predict } from '../../search/worlds/rules.ts';
import { applicable, isUsual } from '../../verdict/known.ts';
import type { Engine } from '../session/engine.ts';
import type { Planned } from './plan.ts';

/** Programs on one box at most: where they do not tell all that each would alone, each may be run alone as well. */
const MOST_PARTS = 8;

/** What decides how the model sees a program. */
type Seeing = Pick<Engine, 'rules' | 'known'> & { readonly target: Pick<Engine['target'], 'identity'> };

/** One of the programs that may share a box. */
interface Part {
  readonly planned: Planned;
  /** The same for all; the handles of the others are its own. */
  readonly maker: Step;
  readonly others: readonly Step[];
  /** How the model sees each step where the program has its box for itself. */
  readonly views: readonly string[];
  /** It leaves the box running: others can come after it. */
  readonly keeps: boolean;
}

/**
 * Lets programs share a box, whose boot is most of what a short one costs: those that begin with the same running box,
 * as long as the model sees no step otherwise than in a box of its own. Pure.
 */
export function joined(plan: readonly Planned[], seeing: Seeing): Planned[] {
  const parts = plan.map((planned, at) => partOf(planned, at, seeing));
  const alone = plan.filter((_, at) => !parts[at]);
  const rows: Part[][] = [];
  const boxes = Map.groupBy(
    parts.filter((part) => part !== null),
    ({ maker }) => canonical(maker),
  );
  for (const ofBox of boxes.values()) {
    const left = new Set(ofBox.toSorted((a, b) => Number(b.keeps) - Number(a.keeps)));
    while (left.size > 0) {
      const row = rowOf([...left], seeing);
      for (const part of row) left.delete(part);
      rows.push(row);
    }
  }
  return [...alone, ...rows.map(oneOf)];
}

/** As many as can come after each other, of those that are left; room is kept for one that does not keep the box. */
function rowOf(left: readonly Part[], seeing: Seeing): Part[] {
  let row: Part[] = [];
  for (const part of left) {
    const next = [...row, part];
    if (next.length > MOST_PARTS - Number(part.keeps)) continue;
    const [first] = next;
    const apart = [...(first?.views.slice(0, 1) ?? []), ...next.flatMap(({ views }) => views.slice(1))];
    const together = viewsOf(stepsOf(next), seeing)?.views;
    if (next.length === 1 || (together && canonical(together) === canonical(apart))) row = next;
  }
  return row;
}

const stepsOf = (row: readonly Part[]): Step[] => [
  ...row.slice(0, 1).map(({ maker }) => maker),
  ...row.flatMap(({ others }) => others),
];

/** A part of a program of others; null for one that wants a box of its own. */
function partOf(planned: Planned, at: number, seeing: Seeing): Part | null {
  const [maker, ...rest] = planned.program.steps;
  const box = maker && verbs[maker.op].makes === 'box' ? handleMade(maker) : null;
  if (!maker || box === null || rest.length === 0 || planned.group === 'seed') return null;
  const own = (handle: string): string =>
    handle === box
      ? box
      : handle.replace(/^([a-z]+)([0-9]+)$/u, (_, kind, n) => `${kind}${100 * (at + 1) + Number(n)}`);
  const others = withHandles(rest, own);
  const seen = viewsOf([maker, ...others], seeing);
  const runs = (worlds: PossibleWorlds | undefined): boolean =>
    worlds?.every(({ boxes }) => boxes[box]?.status === 'running') === true;
  // What a program without a mark shows is not said: it must have nothing to show, or seldom.
  if (!seen || !runs(seen.worlds[1]) || (!planned.mark && seen.marked)) return null;
  return { planned, maker, others, views: seen.views, keeps: runs(seen.worlds.at(-1)) };
}

/** How the model sees each step, in whatever world: its situation, what is allowed and known there; null: it does not. */
function viewsOf(steps: readonly Step[], { rules, known, target }: Seeing) {
  const worlds = trajectoryOf(rules, steps, 'some');
  if (!worlds) return null;
  let marked = false;
  const views = steps.map((step, at) => {
    const inWorlds = worlds[at]?.map((world) => {
      const situation = rules.situation(world, step);
      const marks = applicable(known, { step, situation, world, identity: target.identity });
      marked ||= marks.some((mark) => mark.always || isUsual(mark));
      const allowed = predict(rules, world, step)?.outcomes.map(({ label, expect }) => ({ label, expect }));
      return canonical({ situation, allowed, marks: marks.map(({ id }) => id) });
    });
    return [...new Set(inWorlds)].toSorted().join('\n');
  });
  return { worlds, views, marked };
}

function oneOf(row: readonly Part[]): Planned {
  const [first] = row as [Part];
  if (row.length === 1) return first.planned;
  const { format, contract } = first.planned.program;
  return {
    name: row.map(({ planned }) => planned.name).join(' + '),
    group: first.planned.group,
    program: { format, contract, steps: stepsOf(row) },
    parts: row.map(({ planned }) => planned),
  };
}
