import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalSteps } from '../../program/canonical.ts';
import { loadKnownDivergences } from '../../verdict/known.ts';
import { readProgramFile } from '../options/program-file.ts';
import { corpusDir, programFiles, programName } from './files.ts';

/** A file that nothing is lost without, and why. */
export interface Spare {
  file: string;
  why: string;
}

/**
 * Programs of `found` that another file of the corpus holds step by step, and that no mark names. Whether a
 * mark still shows is smoke's to say: it needs a runtime.
 */
export async function spareFiles(root = corpusDir): Promise<Spare[]> {
  const named = new Set(
    (await loadKnownDivergences(join(root, 'known'))).map((mark) => programName(mark.found.program)),
  );
  const found = await programFiles('found', root);
  // What a mark names is kept rather than its twin.
  const files = [
    ...(await programFiles('pinned', root)),
    ...found.filter((file) => named.has(programName(file))),
    ...found.filter((file) => !named.has(programName(file))),
  ];
  const first = new Map<string, string>();
  const spare: Spare[] = [];
  for (const file of files) {
    const steps = canonicalSteps((await readProgramFile(file)).steps);
    const twin = first.get(steps);
    if (twin === undefined) first.set(steps, file);
    else if (found.includes(file) && !named.has(programName(file)))
      spare.push({ file, why: `same steps as ${twin}` });
  }
  return spare;
}

/** Deletes what is spare; what it deleted. */
export async function prune(root = corpusDir): Promise<Spare[]> {
  const spare = await spareFiles(root);
  for (const { file } of spare) await rm(file);
  return spare;
}
