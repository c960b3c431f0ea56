import { afterAll, beforeAll, expect, it } from 'vitest';
import { programFiles, programName } from '../bin/corpus/corpus.ts';
import { readProgramFile } from '../bin/options/program-file.ts';
import type { Engine } from '../bin/session/engine.ts';
import { isSdk } from '../domain/surface.ts';
import { surfaceOf } from '../model/refers.ts';
import { traceLines } from '../report/text/trace.ts';
import { open, targetFromEnvironment, titleOf } from './target.ts';

const files = await programFiles('pinned');
let engine: Engine;
beforeAll(async () => {
  engine = await open(targetFromEnvironment());
});
afterAll(() => engine?.target.close());

it('there are pinned programs', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
});

it.for(files.map((file) => [programName(file), file] as const))('the pinned program %s holds', async ([
  ,
  file,
], { skip }) => {
  const program = await readProgramFile(file);
  const lacking = program.steps.map(surfaceOf).filter((via) => via !== '-' && !engine.surfaces.has(via));
  const sdk = lacking.find(isSdk);
  if (sdk) skip(`NOT RUN: surface ${sdk} is absent here; \`npm run doctor\` says why`);
  expect(lacking, `surfaces that ${titleOf(engine)} lacks`).toEqual([]);
  const history = await engine.run(program, new AbortController().signal);
  expect(history.ending, `${titleOf(engine)}\n${traceLines(history).join('\n')}`).toEqual({ is: 'passed' });
  expect(history.cutShort, 'every step of a pinned program is judged').toBe(0);
});
