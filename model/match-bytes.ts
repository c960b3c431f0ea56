import type { Bytes } from '../domain/bytes.ts';
import type { BytesExpect } from './expect.ts';
import {
  betweenDifference,
  bitsDifference,
  brief,
  linesDifference,
  metricsDifference,
  mountsDifference,
  numbersDifference,
  variablesDifference,
} from './match-shapes.ts';

/** Why the bytes are not what is expected; null where they are. */
export function bytesDifference(what: string, expect: BytesExpect, seen: Bytes): string | null {
  if ('anything' in expect) return null;
  if ('between' in expect) return betweenDifference(what, expect.between, seen);
  if ('bits' in expect) return bitsDifference(what, expect.bits, seen);
  if ('variables' in expect) return variablesDifference(what, expect.variables, seen);
  if ('exactly' in expect) {
    return seen === expect.exactly ? null : `${what} is ${brief(seen)}, not ${brief(expect.exactly)}`;
  }
  if ('prefixOf' in expect) {
    return expect.prefixOf.startsWith(seen)
      ? null
      : `${what} ${brief(seen)} is no prefix of ${brief(expect.prefixOf)}`;
  }
  if ('suffixOf' in expect) {
    const { suffixOf, atLeast } = expect;
    if (!suffixOf.endsWith(seen)) return `${what} ${brief(seen)} is no suffix of ${brief(suffixOf)}`;
    if (seen.length >= atLeast) return null;
    return `${what} holds ${seen.length} bytes of a suffix, at least ${atLeast} must be kept`;
  }
  if ('contains' in expect) {
    const missing = expect.contains.find((part) => !seen.includes(part));
    return missing === undefined ? null : `${what} ${brief(seen)} lacks ${brief(missing)}`;
  }
  if ('numbers' in expect) return numbersDifference(what, expect.numbers, seen);
  if ('metrics' in expect) return metricsDifference(what, expect.metrics, seen);
  if ('atMostLines' in expect) return linesDifference(what, expect.atMostLines, seen);
  return mountsDifference(expect, seen);
}
