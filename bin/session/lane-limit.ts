import type { History, RunProgram } from '../../program/history.ts';

/** Runs that are looked back on, and how many of them a machine breaks in whose lanes are too many for it. */
const WINDOW = 10;
const OFTEN = 4;

/** How many lanes a machine carries that broke in these of its last runs: half where that is often, never none. */
export const carriedLanes = (lanes: number, broken: readonly boolean[]): number =>
  lanes > 1 && broken.filter(Boolean).length >= OFTEN ? Math.ceil(lanes / 2) : lanes;

/**
 * Lowers the lanes of a machine that breaks often, under boots above all, for load or memory: with fewer it breaks
 * less, and repairs cost more than a lane runs. What breaks several runs that are under way at once counts as one.
 * @param onLowered hears of it, in words
 */
export function laneLimit(lanes: number, onLowered: (text: string) => void) {
  let limit = lanes;
  let begun = 0;
  let begunAtBreak = 0;
  let last: boolean[] = [];
  function ended(place: number, isBroken: boolean): void {
    if (isBroken && place < begunAtBreak) return;
    if (isBroken) begunAtBreak = begun;
    last = [...last, isBroken].slice(-WINDOW);
    const carried = carriedLanes(limit, last);
    if (carried === limit) return;
    const often = `${last.filter(Boolean).length} of ${last.length} runs`;
    onLowered(`the machine broke in ${often}: ${carried} at once from now on instead of ${limit}`);
    [limit, last] = [carried, []];
  }
  const watching =
    (run: RunProgram): RunProgram =>
    async (...asked): Promise<History> => {
      const place = begun++;
      const history = await run(...asked);
      ended(place, history.ending.is === 'infrastructure');
      return history;
    };
  return { watching, lanes: () => limit };
}
