import { join } from 'node:path';
import type { Engine } from '../bin/session/engine.ts';
import { toJson, writeAtomic } from '../files/write.ts';
import { slug } from '../report/stamp.ts';
import { describeVerdict, failureLines } from '../report/text/failure.ts';
import { traceLines } from '../report/text/trace.ts';
import type { Finding } from '../search/investigate/findings.ts';
import { targetFlags, titleOf } from './target.ts';

/** Tells a finding to whoever reads a red test: the shrunk program, its failing step, and how to see it again. */
export async function failureText(engine: Engine, finding: Finding): Promise<string> {
  const { smallest, first, verdict, signature } = finding;
  const { target } = engine.target.identity;
  const file = join('.boxcheck', 'properties', `${slug(`${target} ${signature.key}`)}.json`);
  await writeAtomic(file, toJson(smallest.program));
  return [
    signature.text,
    ...traceLines(smallest),
    ...failureLines(smallest.ending.failure),
    `${describeVerdict(verdict)}; ${smallest.program.steps.length} steps, shrunk from ${first.program.steps.length}`,
    `drawn with seed ${first.program.seed}; ${titleOf(engine)}`,
    `to see it again: npm run repro -- ${file} ${targetFlags()}`,
  ].join('\n');
}
