import { basename, join } from 'node:path';
import { counted } from '../../domain/counted.ts';
import { removePath } from '../../files/write.ts';
import type { FailedHistory } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { FailedRun } from '../../report/counterexample/record.ts';
import { type SavedCounterexample, saveCounterexample } from '../../report/counterexample/save.ts';
import type { FindingLine } from '../../report/invocation-record.ts';
import { describeVerdict } from '../../report/text/failure.ts';
import { waited } from '../../run/waited.ts';
import { type Finding, type Findings, newFindings } from '../../search/investigate/findings.ts';
import type { ShrinkBudget } from '../../search/investigate/look.ts';
import { variantOf } from '../../verdict/known.ts';
import { signatureOf } from '../../verdict/signature.ts';
import type { Engine } from './engine.ts';
import type { Invocation } from './invocation.ts';

/**
 * Writes a finding down as it is found and as more becomes known of it, and says so.
 * @param fileOf gives the file that a program is from; a drawn one has none, and a seed where that draws it again
 */
export function findingKeeper(
  { engine, ...invocation }: Invocation,
  fileOf: (program: Program) => string | undefined = () => undefined,
) {
  const saved = new Map<Finding, SavedCounterexample>();
  const told = new Map<Finding, Finding['shrunk']>();
  const log = (counterexample: SavedCounterexample, text: string): void =>
    invocation.output.log(`${basename(counterexample.dir)}: ${text}`);
  return {
    async onFinding(finding: Finding): Promise<void> {
      const { environment } = engine;
      const { signature, first } = finding;
      const from =
        fileOf(first.program) ?? (first.program.seed !== undefined && `seed ${first.program.seed}`);
      const counterexample = await saveCounterexample(join(invocation.out, 'findings'), {
        original: failedRun(first),
        signature,
        environment,
        foundAt: new Date(),
      }).catch((error: Error) => {
        // The summary tells of it all the same.
        invocation.findings.set(signature.key, notKept(finding, error));
        throw error;
      });
      saved.set(finding, counterexample);
      const logs = waited(
        invocation.times.waiting,
        invocation.targetOf(first).logs(Date.parse(first.startedAt)),
      );
      await counterexample.logs(await logs.catch((error: Error) => ({ 'not-readable.txt': error.message })));
      invocation.findings.set(signature.key, lineOf(engine, counterexample, finding));
      invocation.output.log(
        `finding${from ? ` [${from}]` : ''}: ${signature.text}; kept in ${counterexample.dir}`,
      );
    },
    async onUpdate(finding: Finding): Promise<void> {
      const counterexample = saved.get(finding);
      if (!counterexample) return;
      const { verdict, smallest } = counterexample.record();
      const { dir } = counterexample;
      if (finding.verdict && finding.verdict !== verdict) {
        await counterexample.setVerdict(finding.verdict);
        log(counterexample, describeVerdict(finding.verdict));
      }
      if (finding.smallest !== smallest.history)
        await counterexample.setSmallest(failedRun(finding.smallest));
      if (counterexample.dir !== dir)
        invocation.output.log(`${basename(dir)}: is ${basename(counterexample.dir)} now`);
      if (finding.shrunk && finding.shrunk !== told.get(finding)) log(counterexample, shrunkText(finding));
      told.set(finding, finding.shrunk);
      invocation.findings.set(finding.signature.key, lineOf(engine, counterexample, finding));
    },
    async onMerged(finding: Finding, into: Finding): Promise<void> {
      const [counterexample, other] = [saved.get(finding), saved.get(into)];
      if (!counterexample || !other) return;
      saved.delete(finding);
      invocation.findings.delete(finding.signature.key);
      log(counterexample, `shows the same as ${basename(other.dir)}, and goes into it`);
      removePath(counterexample.dir);
    },
  };
}

const notKept = ({ signature, first, times }: Finding, { message }: Error): FindingLine => ({
  ...{ key: signature.key, text: signature.text, family: signature.family },
  ...{ dir: `not kept: ${message}`, verdict: null, hits: times },
  ...{ steps: first.program.steps.length, originalSteps: first.program.steps.length },
});

const failedRun = (history: FailedHistory): FailedRun => ({
  program: history.program,
  history,
  failure: history.ending.failure,
});

const shrunkText = ({ smallest, first, shrunk }: Finding): string =>
  `${counted(smallest.program.steps.length, 'step')} (from ${first.program.steps.length}) after ${counted(shrunk?.runs ?? 0, 'run')}`;

/** A saved counterexample as a line of the report. */
function lineOf({ known, target }: Engine, saved: SavedCounterexample, finding: Finding): FindingLine {
  const { times, first } = finding;
  const { signature, verdict, smallest } = saved.record();
  const like = variantOf(known, finding.smallest.ending.failure, target.identity);
  return {
    key: signature.key,
    text: signature.text,
    family: signatureOf(smallest.failure).family,
    dir: saved.dir,
    verdict,
    ...(first.program.seed === undefined ? {} : { seed: first.program.seed }),
    steps: smallest.program.steps.length,
    originalSteps: first.program.steps.length,
    hits: times,
    ...openOf(finding),
    ...(like && { variantOf: like.id }),
  };
}

function openOf({ verdict, shrunk }: Finding): Pick<FindingLine, 'open'> {
  if (!verdict) return { open: 'not judged' };
  const shrinks = verdict.class === 'deterministic' || verdict.class === 'flaky';
  return shrinks && !shrunk?.exhausted ? { open: 'not made as short as can be' } : {};
}

/**
 * The findings of an invocation whose programs are given: each costs at most `shrink`, all together `seconds`; after
 * that they are only kept.
 */
export function findingsWithin(invocation: Invocation, shrink: ShrinkBudget, seconds: number): Findings {
  const { engine, signal, tally } = invocation;
  return newFindings({
    ...findingKeeper(invocation),
    rules: engine.rules,
    signal,
    takeOthers: false,
    run: async (program, until, purpose) => {
      const history = await engine.run(program, until);
      tally.addEffort(history, purpose);
      return history;
    },
    budget: {
      mayInvestigate: (spentMs) => {
        const may = spentMs < seconds * 1000;
        if (!may) invocation.output.log('kept as it is; `boxcheck repro --shrink` makes it shorter');
        return may;
      },
      shrink: (spentMs) => ({
        runs: shrink.runs,
        seconds: Math.min(shrink.seconds, seconds - spentMs / 1000),
      }),
    },
  });
}
