import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TargetName } from '../../domain/identity.ts';
import { UsageError } from '../cli/errors.ts';
import type { Globals } from './globals.ts';

/**
 * The target that is meant: the one named, else the one that the other flags are about, else the best there is.
 * @throws UsageError when a flag is about another target than the one named
 */
export function chosenTarget(globals: Globals): TargetName | 'best' {
  const { target } = globals;
  const external = globals.url !== undefined || globals.home !== undefined;
  if (globals.defect && target !== undefined && target !== 'reference') {
    throw new UsageError(
      `--defect: only the reference runtime has seeded defects; use --target reference, not ${target}`,
    );
  }
  if (external && target !== undefined && target !== 'external') {
    const flag = globals.url === undefined ? '--home' : '--url';
    throw new UsageError(`${flag}: only for somebody's own runtime; use --target external, not ${target}`);
  }
  if (globals.defect && external) throw new UsageError('--defect: not together with --url or --home');
  if (globals.resident && (external || (target !== undefined && target !== 'reference')))
    throw new UsageError('--resident: only for the reference runtime; use --target reference');
  return target ?? (globals.defect ? 'reference' : external ? 'external' : 'best');
}

/**
 * Checks what flags say before anything is started.
 * @throws UsageError that names the flag and what would be right
 */
export async function checkFlags(globals: Globals): Promise<void> {
  if (globals.boxlite?.includes('/')) await checkBinary(globals.boxlite);
  if (globals.rootfs !== undefined && !globals.url)
    await checkDirectory('--rootfs', globals.rootfs, 'an OCI image layout directory');
  if (globals.image !== undefined && globals.rootfs !== undefined) {
    throw new UsageError('--image and --rootfs: give one of them');
  }
  if (globals.defect) await checkDefects(globals.defect);
}

async function checkBinary(file: string): Promise<void> {
  const usable = await access(resolve(file), constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!usable)
    throw new UsageError(`--boxlite ${file}: no executable file there; give the path of a boxlite binary`);
}

async function checkDirectory(flag: string, dir: string, what: string): Promise<void> {
  const found = await stat(resolve(dir)).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError(`${flag} ${dir}: no such directory; give ${what}`);
}

/** `name` or `name=0.3`. */
async function checkDefects(names: readonly string[]): Promise<void> {
  const { catalogue } = await import('../../reference/defects.ts');
  const known: readonly string[] = catalogue.map((defect) => defect.name);
  for (const text of names) {
    const [name = ''] = text.split('=');
    if (known.includes(name)) continue;
    throw new UsageError(
      `--defect ${name}: the reference runtime has no such defect; it has ${known.join(', ')}`,
    );
  }
}
