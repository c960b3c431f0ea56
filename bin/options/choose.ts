import { stat } from 'node:fs/promises';
import type { TargetName } from '../../domain/identity.ts';
import { findBoxlite } from '../../runtime/doctor/given.ts';
import { UsageError } from '../cli/errors.ts';
import type { Globals } from './globals.ts';

/**
 * The target that is meant: the one named, else the one that the other flags are about, else the best there is.
 * @throws UsageError when a flag is about another target than the one named
 */
export function chosenTarget(globals: Globals): TargetName | 'best' {
  const { target, defect, resident, url, home } = globals;
  const external = url !== undefined || home !== undefined;
  if (defect && target !== undefined && target !== 'reference') {
    throw new UsageError(
      `--defect: only the reference runtime has seeded defects; use --target reference, not ${target}`,
    );
  }
  if (external && target !== undefined && target !== 'external') {
    const flag = url === undefined ? '--home' : '--url';
    throw new UsageError(`${flag}: only for somebody's own runtime; use --target external, not ${target}`);
  }
  if (defect && external) throw new UsageError('--defect: not together with --url or --home');
  if (resident && (external || (target !== undefined && target !== 'reference')))
    throw new UsageError('--resident: only for the reference runtime; use --target reference');
  return target ?? (defect ? 'reference' : external ? 'external' : 'best');
}

/**
 * Checks what flags say before anything is started.
 * @throws UsageError that names the flag and what would be right
 */
export async function checkFlags({ boxlite, rootfs, image, url, defect }: Globals): Promise<void> {
  if (boxlite?.includes('/')) checkBinary(boxlite);
  if (rootfs !== undefined && !url && !(await stat(rootfs).catch(() => null))?.isDirectory())
    throw new UsageError(`--rootfs ${rootfs}: no such directory; give an OCI image layout directory`);
  if (image !== undefined && rootfs !== undefined)
    throw new UsageError('--image and --rootfs: give one of them');
  if (defect) await checkDefects(defect);
}

function checkBinary(file: string): void {
  try {
    findBoxlite(file);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** `name` or `name=0.3`. */
async function checkDefects(names: readonly string[]): Promise<void> {
  const { catalogue } = await import('../../reference/defects.ts');
  const known: readonly string[] = catalogue.map((defect) => defect.name);
  const name = names.map((text) => text.split('=')[0] ?? '').find((one) => !known.includes(one));
  if (name === undefined) return;
  throw new UsageError(
    `--defect ${name}: the reference runtime has no such defect; it has ${known.join(', ')}`,
  );
}
