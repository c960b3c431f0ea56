import type { Trial } from './trial-record.ts';

/** One trial as a line for whoever watches. */
export function trialLine({ defect, seed, programs, ran, result }: Trial): string {
  const head = `${defect} seed ${seed}:`;
  switch (result.is) {
    case 'survived':
      return `${head} SURVIVED ${programs} programs`;
    case 'machine':
      return `${head} the machine broke: ${result.why}`;
    case 'false-alarm':
      return `${head} FALSE ALARM, without the defect too: ${result.without}`;
    case 'killed': {
      const { verdict, shrunk, oracle, originalSteps, replays } = result;
      const steps = shrunk
        ? `${originalSteps} -> ${shrunk.program.steps.length} steps in ${shrunk.runs} runs`
        : `${originalSteps} steps`;
      return `${head} ${oracle} after ${programs} programs (${ran} run), ${verdict.class}, ${steps}${replays === false ? ', DOES NOT REPLAY' : ''}`;
    }
  }
}
