import { Fault } from '../core/fault.ts';
import type { Call } from './call.ts';

/**
 * Every route but the configuration needs the key, if there is one (contract 4.1).
 * @throws Fault unauthenticated.
 */
export function checkKey(apiKey: string | undefined, call: Call): void {
  if (apiKey === undefined || call.path.join('/') === 'v1/config') return;
  if (call.message.headers.authorization === `Bearer ${apiKey}`) return;
  throw new Fault('unauthenticated', 'invalid or missing API key');
}
