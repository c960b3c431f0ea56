import { own } from './own.ts';

/**
 * `-e K=V` as given, `-e K` copied from the caller; a K the caller has not is warned about and skipped
 * (contract 2.2).
 */
export function environmentOf(texts: string[]): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const text of texts) {
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? own().env[key] : text.slice(equals + 1);
    if (value !== undefined) pairs.push([key, value]);
    else own().stderr.write(`warning: Environment variable '${key}' not found on host, skipping\n`);
  }
  return Object.fromEntries(pairs);
}
