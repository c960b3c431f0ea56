import { type Call, complain } from './applet.ts';

const unitsMs: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `1.5`, `2m`, `1h`; NaN for anything else. */
export function duration(text: string): number {
  if (text === 'inf' || text === 'infinity') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * (unitsMs[match[2] ?? ''] ?? 1000) : Number.NaN;
}

/** `sleep N[smhd]…`. */
export async function sleep(call: Call): Promise<number> {
  const ms = call.args.map(duration);
  const wrong = ms.findIndex(Number.isNaN);
  if (ms.length === 0 || wrong >= 0) return complain(call, `invalid number '${call.args[wrong] ?? ''}'`);
  await call.by.sleep(ms.reduce((a, b) => a + b, 0));
  return 0;
}
