/** Version of the SDK that is installed, and the only platform package of it that can be had everywhere. */
export const platformPackage = '@boxlite-ai/boxlite-linux-x64-gnu';

/** Why the SDK's native part does not exist for this machine; null where it does and so must be there. */
export function notBuiltFor(): string | null {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64') return `${platform}-${arch}: only linux-x64 is installed`;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? 'linux-x64 without glibc' : null;
}
