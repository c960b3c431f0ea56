import type { Bytes } from '../bytes.ts';
import { patternSource } from './pattern.ts';

/** `${X#p}` and its kin: takes the shortest or longest fit of a pattern off the beginning or the end. */
export function trim(value: Bytes, operator: '#' | '##' | '%' | '%%', pattern: Bytes): Bytes {
  const source = patternSource(pattern, operator === '#');
  if (operator === '#' || operator === '##') return value.replace(new RegExp(`^(?:${source})`), '');
  const whole = new RegExp(`^(?:${source})$`);
  const from = operator === '%%' ? 0 : value.length;
  for (let at = from; at >= 0 && at <= value.length; at += operator === '%%' ? 1 : -1) {
    if (whole.test(value.slice(at))) return value.slice(0, at);
  }
  return value;
}
