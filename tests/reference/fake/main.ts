import { vi } from 'vitest';
import { main } from '../../../reference/cli/main.ts';

/** What a call of the executable's main function gave. */
export interface Called {
  code: number;
  out: string;
  err: string;
}

/** Calls the main function in this process, with its own idea of the environment. */
export async function call(env: Record<string, string>, args: string[]): Promise<Called> {
  const called: Called = { code: -1, out: '', err: '' };
  const take = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    called[stream] += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    called.code = await main(args);
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
  return called;
}
