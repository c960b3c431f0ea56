import { isText } from '../../domain/bytes.ts';
import { isSdk, type Surface } from '../../domain/surface.ts';
import type { BytesExpect } from '../expect.ts';

/** Output beyond this may have left the backlog before a client attached (256 KiB less one chunk, contract 7.5). */
const backlogBytes = 192 * 1024;
const suffixBytes = 128 * 1024;

/** Attached from the start: every byte. Over REST the attach comes later: a suffix is enough (contract 7.5). */
export const outputOf = (out: string, later: boolean): BytesExpect =>
  later && out.length > backlogBytes ? { suffixOf: out, atLeast: suffixBytes } : { exactly: out };

/** An SDK tells output as text: what is none it replaces, in a way of its own (contract 15.4). */
export function asText(via: Surface | null, expect: BytesExpect): BytesExpect {
  if (via === null || !isSdk(via)) return expect;
  if ('exactly' in expect) return isText(expect.exactly) ? expect : { anything: true };
  // A part may begin or end within a character.
  const whole = 'prefixOf' in expect ? expect.prefixOf : 'suffixOf' in expect ? expect.suffixOf : '';
  return /^[\0-\x7f]*$/u.test(whole) ? expect : { anything: true };
}

/** Of a process that was cut off: a prefix, which a client that came later may have missed the beginning of. */
export const cutOutputOf = (out: string): BytesExpect =>
  out.length > backlogBytes ? { anything: true } : { prefixOf: out };
