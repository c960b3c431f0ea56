import { join } from 'node:path';
import { canonicalSteps } from '../../program/canonical.ts';
import type { History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { KeptCounterexample } from '../../report/counterexample/keep.ts';
import type { FailedRun } from '../../report/counterexample/record.ts';
import { toJson, writeAtomic } from '../../report/files.ts';
import { slug } from '../../report/stamp.ts';
import { writeRun } from '../../report/write-run.ts';
import { waited } from '../../run/waited.ts';
import type { CampaignOptions, Finding } from '../../search/campaign/campaign.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { failedRun, keep, lineOf } from './investigate.ts';
import { programLine, type Run, recordOf } from './run-state.ts';

/** Programs that did not pass are listed up to here. */
const MOST_LINES = 1000;
/** How often the reports are written while the campaign goes on: a killed one leaves the last ones. */
const REPORT_EVERY_MS = 60_000;

type CampaignCallbacks = Required<
  Pick<CampaignOptions, 'onFinding' | 'onUpdate' | 'onHistory' | 'onUnjudged' | 'onProgress' | 'recover'>
>;

/** What a campaign's callbacks do for a run: keep findings on disk, count, list, report. */
export function campaignCallbacks(run: Run): CampaignCallbacks {
  const kept = new Map<string, KeptCounterexample>();
  const last = new Map<string, FailedRun>();
  const count = drawnOnce(run);
  const report = everyMinute(run);
  return {
    async onFinding(finding) {
      const failed = last.get(finding.signature.key) ?? (finding.history && failedRun(finding.history));
      if (!failed) throw new Error(`boxcheck: no run of the finding ${finding.signature.text}`);
      const counterexample = await keep(run, failed);
      kept.set(finding.signature.key, counterexample);
      run.output.log(
        `finding [seed ${finding.seed}]: ${finding.signature.text}; kept in ${counterexample.dir}`,
      );
    },
    async onUpdate(finding) {
      const counterexample = kept.get(finding.signature.key);
      if (counterexample)
        await grow(run, finding, counterexample, last.get(signatureOf(finding.failure).key));
    },
    async onHistory(history) {
      count(history);
      if (history.ending.is === 'failed')
        last.set(signatureOf(history.ending.failure).key, failedRun(history));
      await report();
    },
    onProgress({ findings }) {
      for (const { signature, times } of findings) {
        const line = run.findings.get(signature.key);
        if (line) line.hits = times;
      }
    },
    async onUnjudged({ program, ending }) {
      const file = join(run.dir, 'unjudged', `${slug(nameOf(program))}.json`);
      await writeAtomic(file, toJson(program));
      const why = ending.is === 'infrastructure' ? ending.why : ending.is;
      run.warnings.push(
        `${nameOf(program)} was not judged, the machine broke each time (${why}): ${file}; if it always breaks there, it may be the runtime`,
      );
    },
    async recover(why) {
      run.output.log(`infrastructure, not the runtime: ${why}; repairing`);
      await waited(run.times.waiting, run.engine.target.recover());
    },
  };
}

/** A drawn program by its seed, one of the corpus by its note; shorter forms keep both. */
const nameOf = ({ seed, note, steps }: Program): string =>
  seed === undefined ? `corpus: ${note ?? canonicalSteps(steps)}` : `seed ${seed}`;

/** Counts each program once, by its name; its re-runs and its shorter forms only as effort. */
function drawnOnce(run: Run): (history: History) => void {
  const seen = new Set<string>();
  return (history) => {
    const { ending, program } = history;
    const name = nameOf(program);
    const first = !seen.has(name) && ending.is !== 'interrupted';
    if (first && ending.is !== 'infrastructure') {
      seen.add(name);
      run.tally.add(history);
    } else {
      run.tally.addEffort(history);
    }
    if (!first || ending.is === 'passed' || run.programs.length >= MOST_LINES) return;
    const why = ending.is === 'failed' ? { why: signatureOf(ending.failure).text } : {};
    run.programs.push({ ...programLine(name, 'fuzz', history), ...why });
  };
}

function everyMinute(run: Run): () => Promise<void> {
  let writtenMs = Date.now();
  return async () => {
    if (Date.now() - writtenMs < REPORT_EVERY_MS) return;
    writtenMs = Date.now();
    await writeRun(run.dir, recordOf(run, 'fuzz', { ended: 'interrupted', why: 'still running, or killed' }));
  };
}

/** Brings a counterexample up to what is known of it now. */
async function grow(
  run: Run,
  finding: Finding,
  kept: KeptCounterexample,
  last: FailedRun | undefined,
): Promise<void> {
  const { verdict, smallest } = kept.record();
  const found = finding.program.steps.length;
  if (last && found < smallest.program.steps.length && last.program.steps.length === found)
    await kept.better(last);
  if (finding.verdict && verdict !== finding.verdict) await kept.judged(finding.verdict);
  run.findings.set(finding.signature.key, lineOf(kept, finding.times));
}
