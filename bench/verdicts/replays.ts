import { FORMAT, type Program } from '../../program/program.ts';
import type { Bench } from '../../quality/bench.ts';
import { signatureOf } from '../../verdict/signature.ts';

/** Shows the defect below: an exit code of an execution is told as 0. */
const program: Program = {
  format: FORMAT,
  contract: '',
  steps: [
    { op: 'run', via: 'rest', as: 'box1' },
    { op: 'exec', via: 'rest', on: 'box1', work: { do: 'print', out: '', err: '', code: 7 } },
  ],
};

/** Runs a counterexample of a deterministic defect again and again and counts how it ended. */
export const replays = {
  defect: 'exec-code-zeroed',
  async measure(bench: Bench, times: number, signal: AbortSignal) {
    const endings: Record<string, number> = {};
    for (let i = 0; i < times; i++) {
      const { ending } = await bench.run(program, signal);
      signal.throwIfAborted();
      const text = ending.is === 'failed' ? signatureOf(ending.failure).key : ending.is;
      endings[text] = (endings[text] ?? 0) + 1;
    }
    return { endings };
  },
} as const;
