import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openReference } from '../../bench/harness/reference.ts';
import { type FailedHistory, hasFailed } from '../../program/history.ts';
import { isReachable, loadMinima, minimalProgram } from '../../quality/trial.ts';
import { catalogue, type DefectName } from '../../reference/defects.ts';
import { counterexample } from '../report/fixtures/records.ts';
import { runScript } from '../report/fixtures/run-script.ts';

const dir = mkdtempSync(join(tmpdir(), 'bc-scripts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** One of each that a script has to judge by itself; `npm run scripts` takes them all. */
const spread: readonly DefectName[] = [
  'exec-code-zeroed',
  'exit-recorded-zero',
  'list-oldest-first',
  'rm-batch-stops-early',
  'created-answers-200',
  'untyped-errors',
  'bad-frame-unnoticed',
  'read-slow',
  'rm-leaves-socket',
  'helper-process-left',
  'removed-box-answers',
  'env-line-cut',
  'disk-size-ignored',
  'capability-not-dropped',
  'auto-stop-not-shown',
  'content-type-unchecked',
  'terminal-line-ends-kept',
  'copied-in-mode-lost',
  'copied-out-mode-lost',
];
const reachable = [...loadMinima()].flatMap(([name, minimum]) => (isReachable(minimum) ? [name] : []));
const chosen = process.env.SCRIPTS === 'all' ? reachable : spread;

/** As often as it may hide. */
const triesOf = (defect: DefectName): number =>
  catalogue.find(({ name }) => name === defect)?.chance === undefined ? 12 : 60;

/** How the shortest program of a defect fails. */
async function failureOf(defect: DefectName): Promise<FailedHistory> {
  const reference = await openReference([defect]);
  try {
    for (let tries = triesOf(defect); tries > 0; tries--) {
      const history = await reference.run(minimalProgram(defect), new AbortController().signal);
      if (hasFailed(history)) return history;
    }
  } finally {
    await reference.close();
  }
  throw new Error(`quality/minimal/${defect}.json does not fail`);
}

/** Runs its script without the defect once, and with it until it shows. */
async function scriptRuns(defect: DefectName) {
  const history = await failureOf(defect);
  const about = { ...counterexample, smallest: { ...history, history, failure: history.ending.failure } };
  const without = await runScript(dir, defect, about);
  for (let tries = triesOf(defect); ; tries--) {
    const shown = await runScript(dir, defect, about, defect);
    if (shown.status === 0 || tries === 1) return { shown, without };
  }
}

it.each(chosen)('the script of %s says REPRODUCED with the defect, and not without it', async (defect) => {
  const { shown, without } = await scriptRuns(defect);
  expect(shown.status, shown.stdout + shown.stderr).toBe(0);
  expect(without.status, without.stdout + without.stderr).toBe(1);
});
