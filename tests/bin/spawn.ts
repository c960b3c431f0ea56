import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The command line itself. */
export const entry = fileURLToPath(new URL('../../bin/boxcheck.ts', import.meta.url));

/** What a boxcheck process printed and how it ended. */
export interface Ended {
  code: number | undefined;
  out: string;
  err: string;
}

/** Runs the command line as its users do; a hang is a failure. */
export async function boxcheck(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [entry, ...args], {
    reject: false,
    timeout: 50_000,
    env: { NO_COLOR: '1', BOXLITE_API_KEY: undefined, ...env },
  });
  return { code: exitCode, out: stdout, err: stderr };
}
