import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { writeAtomic } from '../../files/write.ts';
import { profileIds } from '../../model/profile.ts';
import { findBoxlite } from '../../runtime/doctor/given.ts';
import { type KnownDivergence, loadKnownDivergences } from '../../verdict/known.ts';
import { UsageError } from '../cli/errors.ts';
import { checkCounterexamples, corpusFolder } from '../corpus/corpus.ts';
import { newOutput } from '../terminal/output.ts';
import type { Globals } from './globals.ts';
import { chosenTarget, flagOf } from './target.ts';

/**
 * Checks what flags say before anything is started.
 * @throws UsageError that names the flag and what would be right
 */
export async function checkFlags(globals: Globals): Promise<void> {
  const { boxlite, urlBoxlite, rootfs, image, url, home, defect, version } = globals;
  const target = chosenTarget(globals);
  for (const key of ['boxlite', 'urlBoxlite', 'home', 'image', 'rootfs', 'pathPrefix', 'out'] as const)
    if (globals[key] === '') throw new UsageError(`${flagOf(key)}: it is empty`);
  if (target === 'external' && url === undefined && home === undefined)
    throw new UsageError('target external: give a server with --url URL, a home with --home DIR, or both');
  if (boxlite !== undefined) checkBinary('boxlite', boxlite);
  if (urlBoxlite !== undefined) checkBinary('urlBoxlite', urlBoxlite);
  const isElsewhere = url !== undefined && home === undefined;
  if (rootfs !== undefined && !isElsewhere && !(await stat(rootfs).catch(() => null))?.isDirectory())
    throw new UsageError(`--rootfs ${rootfs}: no such directory; give an OCI image layout directory`);
  if (image !== undefined && rootfs !== undefined)
    throw new UsageError('--image and --rootfs: give one of them');
  if (version !== undefined) checkVersion(version, target === 'reference');
  if (defect) await checkDefects(defect);
  await marksThatCount(globals);
}

/**
 * The known divergences whose marks count.
 * @throws UsageError for an id that none has, and for a mark without its counterexample, which nothing would hold
 */
export async function marksThatCount({ known, ...globals }: Globals): Promise<KnownDivergence[]> {
  const knownId = globals.knownId ?? [];
  if (known === false && knownId.length === 0) return [];
  const all = await loadKnownDivergences(corpusFolder('known'));
  checkCounterexamples(all);
  const ids = all.map(({ id }) => id);
  for (const id of knownId)
    if (!ids.includes(id))
      throw new UsageError(
        `--no-known-id ${id}: no known divergence has this id; there are ${ids.join(', ')}`,
      );
  return known === false ? [] : all.filter(({ id }) => !knownId.includes(id));
}

/** The reference plays the releases that boxcheck has a profile of; a lab is asked for others as well. */
function checkVersion(version: string, isPlayed: boolean): void {
  if (profileIds.includes(version) || (!isPlayed && /^\d+\.\d+\.\d+([-+.]\w+)*$/u.test(version))) return;
  const right = isPlayed ? `the reference plays ${profileIds.join(', ')}` : 'give a release, such as 0.11.0';
  throw new UsageError(`--version ${version}: ${right}`);
}

function checkBinary(key: 'boxlite' | 'urlBoxlite', file: string): void {
  try {
    findBoxlite(file);
  } catch (error) {
    throw new UsageError((error as Error).message.replace('--boxlite', flagOf(key)));
  }
}

/** `name` or `name=0.3`; `list` tells them all. */
async function checkDefects(names: readonly string[]): Promise<void> {
  const { catalogue } = await import('../../reference/defects.ts');
  if (names.includes('list')) {
    const { log } = newOutput(false);
    for (const { name, what } of catalogue) log(`${name.padEnd(32)} ${what}`);
    throw new CommanderError(0, 'boxcheck.defects', '');
  }
  const known: readonly string[] = catalogue.map((defect) => defect.name);
  for (const [name = '', chance = '1', ...more] of names.map((text) => text.split('='))) {
    if (!known.includes(name))
      throw new UsageError(
        `--defect ${name}: the reference runtime has no such defect; npm run doctor -- --defect list tells them`,
      );
    if (more.length > 0 || !(Number(chance) > 0 && Number(chance) <= 1) || chance.trim() === '')
      throw new UsageError(`--defect ${name}=${chance}: its rate must be above 0 and at most 1, such as 0.3`);
  }
}

/**
 * Makes the directory for everything that a run leaves behind, and writes a file of some size there: a night must not
 * end with nothing kept.
 * @throws UsageError that names the flag and what keeps it from being written to
 */
export async function checkOut(out: string): Promise<void> {
  for (const folder of ['runs', 'findings']) {
    const trial = join(out, folder, `.trial-${process.pid}`);
    try {
      await writeAtomic(trial, 'x'.repeat(64 << 10));
    } catch (error) {
      throw new UsageError(
        `--out ${out}: ${(error as Error).message}; give a directory that can be written to`,
      );
    } finally {
      await rm(trial, { force: true }).catch(() => {});
    }
  }
}
