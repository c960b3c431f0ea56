import { defect } from '../switch.ts';

/** Environment as it reaches a command. */
export function spoiledEnv(env: Record<string, string>): Record<string, string> {
  const values = Object.values(env);
  if (values.length > 0 && defect('env-lost')) return {};
  if (values.every((value) => value === value.trim()) || !defect('env-value-trimmed')) return env;
  return Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value.trim()]));
}
