import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sdk } from '../domain/surface.ts';
import { defaultCacheDir } from '../lab/paths.ts';
import type { SdkProgram } from './drivers/sdk/process.ts';
import { wheelFor } from './wheels.ts';

/** The SDKs that can be used, and why the others cannot. */
export interface Sdks {
  readonly found: Partial<Readonly<Record<Exclude<Sdk, 'local-sdk'>, SdkProgram>>>;
  /** One line each, with what to do. */
  readonly missing: readonly string[];
}

const driver = (name: string): string => fileURLToPath(new URL(`drivers/sdk/${name}`, import.meta.url));

/** The driver of the Python SDK. */
export const driverFile = driver('driver.py');

/** Where an environment with one release of the Python SDK is; `complete` is there once everything else is. */
export function pythonOf(wheel: string, cacheDir: string) {
  const dir = join(cacheDir, 'sdk', `python-${wheel}`);
  return { dir, python: join(dir, 'bin', 'python'), complete: join(dir, 'complete') };
}

/** Looks for the SDKs that a BoxLite of this version is used through. */
export function findSdks(version: string, cacheDir = defaultCacheDir()): Sdks {
  const wheel = wheelFor(version);
  const { python: file, complete } = pythonOf(wheel, cacheDir);
  const python = existsSync(complete)
    ? { file, args: [driverFile], version: wheel }
    : `surface sdk is absent: the Python SDK ${wheel} is not installed, and nothing is run through it; \`npm run sdk\` installs it`;
  const found = { sdk: python, 'node-sdk': nodeSdk() };
  const entries = Object.entries(found);
  return {
    found: Object.fromEntries(entries.filter(([, one]) => typeof one !== 'string')),
    missing: entries.flatMap(([, one]) => (typeof one === 'string' ? [one] : [])),
  };
}

/** The npm SDK, which comes with `npm ci` where it is built for the platform. */
function nodeSdk(): SdkProgram | string {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve('@boxlite-ai/boxlite-linux-x64-gnu/package.json');
    const { version } = createRequire(import.meta.url)('@boxlite-ai/boxlite/package.json') as SdkProgram;
    return { file: process.execPath, args: [driver('driver.mjs')], version };
  } catch {
    return 'surface node-sdk is absent: @boxlite-ai/boxlite is not installed for this platform, and nothing is run through it; `npm ci --include=dev --include=optional` installs it on Linux x86-64 with glibc';
  }
}
