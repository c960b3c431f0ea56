import { existsSync } from 'node:fs';
import { newestVersion } from '../../domain/identity.ts';
import type { TargetOptions } from '../ports/options.ts';

/** Says why the lab cannot run here; empty when it can, maybe after a build. */
export async function labReasons(options: TargetOptions): Promise<string[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return [`the lab needs Linux on x86-64, this is ${process.platform} on ${process.arch}`];
  }
  const { labPaths } = await import('../../lab/index.ts');
  const tools = await import('../../lab/build/packages.ts');
  const paths = labPaths(options.cacheDir);
  const version = options.version ?? newestVersion;
  const built = [paths.disk, paths.boot, options.boxlite ?? paths.cli(version)].every((path) =>
    existsSync(path),
  );
  const builds = options.boxlite ? tools.DISK_TOOLS : [...tools.DISK_TOOLS, ...tools.CLI_TOOLS];
  const has = (program: string) => tools.which(program) !== null;
  const missing = tools.missingPackages(built ? tools.BOOT_TOOLS : [...tools.BOOT_TOOLS, ...builds], has);
  const cargo = !built && !options.boxlite && !existsSync(paths.cli(version)) && !has('cargo');
  return [
    ...(missing.length > 0 ? [`packages are missing: ${tools.installLine(missing)}`] : []),
    ...(cargo ? ['cargo is missing: install Rust, or give a boxlite binary with --boxlite FILE'] : []),
  ];
}
