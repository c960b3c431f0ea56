/** What the CLI's build script expects of the archive. */
const NEEDED = [
  '.complete',
  'boxlite-guest',
  'boxlite-shim',
  'bwrap',
  'debugfs',
  'guest-mke2fs',
  'guest-resize2fs',
  'libkrunfw.so.5',
  'mke2fs',
];

/** Names what is missing in the listing of a runtime archive (one top folder, the files in it). */
export function runtimeProblems(entries: readonly string[]): string[] {
  const parts = entries.filter((entry) => entry !== '').map((entry) => entry.replace(/^\.\//, '').split('/'));
  const tops = new Set(parts.map(([top]) => top));
  if (tops.size !== 1) return [`${tops.size} top folders instead of one`];
  const files = new Set(parts.map(([, ...rest]) => rest.join('/')));
  return NEEDED.filter((name) => !files.has(name)).map((name) => `no ${name}`);
}

/** Reads the version in the file name of a wheel of boxlite (`boxlite-0.10.8-cp310-….whl`); null for any other file. */
export const wheelVersion = (file: string): string | null =>
  /^boxlite-([^-]+)-.+\.whl$/.exec(file)?.[1] ?? null;
