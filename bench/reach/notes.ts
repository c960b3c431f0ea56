import type { Sample } from '../parts/coverage.ts';
import type { Limits, StateGraph } from './explore.ts';
import type { Universe } from './measures.ts';
import { ours } from './targets.ts';

/** Cells named in a note at most. */
const NAMED = 12;

/** What is counted, where the universes come from, what was met outside of them and what never was. */
export function coverageNotes({
  graph,
  limits,
  places,
  universe,
  snapshots,
}: {
  graph: StateGraph;
  limits: Limits;
  places: number;
  universe: Universe;
  snapshots: readonly Sample[];
}): string[] {
  const { execs, attaches } = limits;
  const met = new Set(snapshots.flatMap(({ goals }) => [...goals]));
  const outside = [...met].filter((cell) => !universe.goals.has(cell));
  const explored = [...universe.grams.full.singles].map((key) => `${key.replaceAll('|', ' | ')} | allowed`);
  // A refusal that leaves something behind is a way there, and a refusal here.
  const undrawn = explored.filter(
    (cell) => ![cell, cell.replace(/allowed$/u, 'refused')].some((either) => universe.goals.has(either)),
  );
  return [
    'goals: a verb over a surface on a box (or on no box) in a state, allowed or refused; a step with several boxes is in one cell for each. Pairs: any two of verb, surface, state, with allowed or refused; triples: all three',
    `all goals: found by exploring the model breadth first as the search itself does: one box with one execution or main session, every verb, surface and refusal, usual outcomes, only steps that the contract speaks of whatever came before: ${places} places`,
    `covered outside of these: ${listed(outside)}`,
    `found by the exploration for steps in a row, but not drawable, because the contract is silent in a world that may be: ${listed(undrawn)}`,
    ...lastMissing(universe, snapshots),
    `steps in a row: at most ${execs} execution and ${attaches} attach alive at a time, no refusals but those that leave something behind: ${graph.states} states, ${graph.edges.length} ways${graph.cut ? ', CUT at the limit of states' : ''}; refused steps that change nothing are passed over`,
    'at most: what the budget can pay for if every command completed a new one and nothing had to boot',
  ];
}

/** What the guided campaigns with the largest budget all left out. */
function lastMissing({ goals }: Universe, snapshots: readonly Sample[]): string[] {
  const mine = snapshots.filter(({ tool }) => tool === ours);
  const minutes = Math.max(...mine.map((sample) => sample.minutes));
  const met = new Set(mine.filter((sample) => sample.minutes === minutes).flatMap((s) => [...s.goals]));
  return [`met by no guided campaign of ${minutes} min: ${listed([...goals].filter((c) => !met.has(c)))}`];
}

function listed(goals: readonly string[]): string {
  if (goals.length === 0) return 'none';
  const more = goals.length > NAMED ? ` and ${goals.length - NAMED} more` : '';
  return `${goals.length}: ${[...goals].sort().slice(0, NAMED).join('; ')}${more}`;
}
