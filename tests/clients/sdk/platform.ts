/** The package with the SDK's native part, which the SDK names as optional. */
export const platformPackage = '@boxlite-ai/boxlite-linux-x64-gnu';

/** Why there is no SDK for this machine; null where there is one, which then must load. */
export function notBuiltFor(): string | null {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64') return `${platform}-${arch}, only for linux-x64`;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? 'linux-x64 without glibc' : null;
}

/**
 * The SDK.
 * @throws Error that says how to get it, where its native part is not installed or does not load.
 */
export async function loadSdk(): Promise<typeof import('@boxlite-ai/boxlite')> {
  // Its native part reads the environment: a proxy must not come between it and this machine.
  process.env.NO_PROXY = process.env.no_proxy = '127.0.0.1';
  try {
    return await import('@boxlite-ai/boxlite');
  } catch (cause) {
    const text = `the SDK of BoxLite does not load; run \`npm ci --include=optional\`, which installs ${platformPackage}`;
    throw new Error(text, { cause });
  }
}
