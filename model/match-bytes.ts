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
  if ('parts' in expect) return partsDifference(what, expect.parts, seen);
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

/** Why one of the parts is not what is expected of it; null where all are. The last may have the line between them, too. */
function partsDifference(what: string, parts: readonly BytesExpect[], seen: Bytes): string | null {
  const all = seen.split('--\n');
  const last = parts.length - 1;
  if (all.length < parts.length) return `${what} ${brief(seen)} has ${all.length} parts, not ${parts.length}`;
  const found = [...all.slice(0, last), all.slice(last).join('--\n')];
  for (const [i, part] of parts.entries()) {
    const difference = bytesDifference(`part ${i + 1} of ${what}`, part, found[i] ?? '');
    if (difference !== null) return difference;
  }
  return null;
}
