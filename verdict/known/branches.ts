import type { Outcome, Prediction } from '../../model/outcome.ts';
import type { Assumption, Possible } from '../../model/possible.ts';
import { looselyCounted } from '../../model/predict/counts.ts';
import { homeOfStep } from '../../model/refers.ts';
import { unclearAfter } from '../../model/unclear.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { isUsual } from './rates.ts';
import type { KnownDivergence } from './schema.ts';
import { type Taken, worldAfter, worldBeside } from './world-after.ts';

/** A step in one of the worlds it may be taken in. */
export interface StepInWorld {
  readonly possible: Possible;
  readonly step: Step;
  /** Number of the step in the order of looking. */
  readonly at: number;
  /** Condition of what the step is about there. */
  readonly situation: string;
  /** null: the contract says nothing of the step in this world. */
  readonly prediction: Prediction | null;
  /** Known divergences that apply here. */
  readonly marks: readonly KnownDivergence[];
}

/** An answer, as far as it matters here. */
export interface Answer {
  fits(outcome: Outcome): boolean;
  /** What does not fit, one phrase each. */
  differences(outcome: Outcome): readonly string[];
  /** Whether it looks as the divergence does. */
  shows(mark: KnownDivergence): boolean;
}

/** One way a step may have gone in one world. */
export interface Branch extends Possible {
  /** Of the contract's outcome; null where the answer is a divergence's own, or the contract says nothing. */
  readonly label: string | null;
  /** Divergences that showed at this step. */
  readonly shown: readonly string[];
}

/**
 * The ways a step may have gone in one world, the usual one first. The contract's outcomes that the answer fits;
 * where it fits none, what the divergences say that look like it, all of them together. A silent divergence may
 * have shown or not beside each of these; one that always shows does so at all steps or at none, as long as
 * nothing has decided which.
 */
export function branchesOf(place: StepInWorld, answer: Answer): Branch[] {
  const { possible, step, prediction, marks } = place;
  if (!prediction)
    return [{ label: null, shown: [], world: unclearAfter(possible.world, step), assumes: possible.assumes }];
  const answering = marks.filter(({ silent }) => !silent);
  const fitting = prediction.outcomes.filter((outcome) => answer.fits(outcome));
  const answered =
    fitting.length > 0
      ? fitting.map((outcome) => byContract(place, outcome, refuted(answering, answer)))
      : byDivergences(
          place,
          prediction,
          answering.filter((mark) => answer.shows(mark) && differsAlone(mark, prediction, answer)),
        );
  return marks
    .filter((mark) => mark.silent && answer.shows(mark))
    .reduce((branches, mark) => branches.flatMap((branch) => forked(place, branch, mark)), answered);
}

/** Whether nothing but what the divergence is about keeps the answer from being one of the contract's. */
const differsAlone = ({ differs }: KnownDivergence, { outcomes }: Prediction, answer: Answer): boolean =>
  differs === undefined ||
  outcomes.some((outcome) => answer.differences(outcome).every((phrase) => phrase.includes(differs)));

/**
 * The divergences that an answer of the contract's speaks against. It says nothing of one that always shows where it
 * looks as another does, which may have come first: a 404 for the wrong spelling comes before a 500 for the signal.
 */
const refuted = (marks: readonly KnownDivergence[], answer: Answer): KnownDivergence[] =>
  marks.filter((mark) => !mark.always || !marks.some((other) => other !== mark && answer.shows(other)));

/**
 * The ways a step may go while nothing is known of its answer, as far as a program can go on there: where a
 * divergence always shows, its absence would end it.
 */
export function branchesAhead(place: StepInWorld & { readonly prediction: Prediction }): Branch[] {
  const { prediction, marks } = place;
  const answering = marks.filter((mark) => !mark.silent && isLikely(mark));
  const certain = answering.some(({ always }) => always);
  const contract = certain ? [] : prediction.outcomes.map((outcome) => byContract(place, outcome, []));
  const own = answering.flatMap((mark) => byDivergences(place, prediction, [mark]));
  return marks
    .filter(({ silent }) => silent)
    .reduce(
      (branches, mark) =>
        branches.flatMap((branch) => {
          const shown = withShown(place, branch, mark);
          return shown ? (mark.always ? [shown] : [branch, shown]) : [branch];
        }),
      [...contract, ...own],
    );
}

/** What seldom leads to where nothing can be said is not planned for: what follows is skipped when it does. */
const isLikely = (mark: KnownDivergence): boolean =>
  mark.always || mark.after.as !== 'unknown' || isUsual(mark);

const assumption = ({ at }: StepInWorld, { id }: KnownDivergence, shown: boolean): Assumption => ({
  id,
  at,
  shown,
});

const byContract = (
  place: StepInWorld,
  { label, next }: Outcome,
  absent: readonly KnownDivergence[],
): Branch => ({
  label,
  shown: [],
  world: next,
  assumes: [...place.possible.assumes, ...absent.map((mark) => assumption(place, mark, false))],
});

/** What the server has counted of an answer that is not the contract's nobody says. */
const uncounted = ({ world, step }: Taken, next: World): World =>
  homeOfStep(step) === 'local' ? next : looselyCounted(world, next);

function byDivergences(
  place: StepInWorld,
  prediction: Prediction,
  [first, ...others]: readonly KnownDivergence[],
): Branch[] {
  if (!first) return [];
  const taken = { world: place.possible.world, step: place.step, prediction };
  const alone: Branch = {
    label: null,
    shown: [first.id],
    world: uncounted(taken, worldAfter(first, taken)),
    assumes: [...place.possible.assumes, assumption(place, first, true)],
  };
  return [others.reduce((branch, mark) => withShown(place, branch, mark) ?? branch, alone)];
}

/** The branch in which a divergence showed as well; null where the answer is not the one it is about. */
function withShown(place: StepInWorld, branch: Branch, mark: KnownDivergence): Branch | null {
  const { possible, step, prediction } = place;
  if (!prediction) return null;
  const next = worldBeside(
    mark,
    { world: possible.world, step, prediction },
    { label: branch.label, next: branch.world },
  );
  if (!next) return null;
  const assumes = [...branch.assumes, assumption(place, mark, true)];
  return { ...branch, shown: [...branch.shown, mark.id], world: next, assumes };
}

function forked(place: StepInWorld, branch: Branch, mark: KnownDivergence): Branch[] {
  const shown = withShown(place, branch, mark);
  if (!shown) return [branch];
  const absent = { ...branch, assumes: [...branch.assumes, assumption(place, mark, false)] };
  if (!mark.always) return [absent, shown];
  const before = branch.assumes.find(({ id }) => id === mark.id);
  return before ? [before.shown ? shown : absent] : [shown, absent];
}
