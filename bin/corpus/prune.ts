import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalSteps } from '../../program/canonical.ts';
import { loadKnownDivergences } from '../../verdict/known.ts';
import { type CorpusProgram, corpusDir, corpusPrograms, programName } from './files.ts';

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
  const known = await loadKnownDivergences(join(root, 'known'));
  const named = new Set(known.map((mark) => programName(mark.found.program)));
  const isFree = ({ folder, name }: CorpusProgram): boolean => folder === 'found' && !named.has(name);
  const first = new Map<string, string>();
  const spare: Spare[] = [];
  // What a mark names is kept rather than its twin.
  for (const one of (await corpusPrograms(root)).sort((a, b) => Number(isFree(a)) - Number(isFree(b)))) {
    const steps = canonicalSteps(one.program.steps);
    const twin = first.get(steps);
    if (twin === undefined) first.set(steps, one.file);
    else if (isFree(one)) spare.push({ file: one.file, why: `same steps as ${twin}` });
  }
  return spare;
}

/** Deletes what is spare; what it deleted. */
export async function prune(root = corpusDir): Promise<Spare[]> {
  const spare = await spareFiles(root);
  for (const { file } of spare) await rm(file);
  return spare;
}
