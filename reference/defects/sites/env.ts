import { defect } from '../switch.ts';

/** Environment as it reaches a command. */
export function spoiledEnv(env: Record<string, string>): Record<string, string> {
  if (defect('env-lost')) return {};
  if (!defect('env-value-trimmed')) return env;
  return Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value.trim()]));
}
