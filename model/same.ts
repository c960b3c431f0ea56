/**
 * Whether two pieces of plain data are equal. Parts they share are not gone into, and worlds share most; what lies open
 * is looked at before any other part is, for worlds that differ mostly do so in a word.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const parts: string[] = [];
  for (const key of keys) {
    const [one, other] = [a[key], b[key]];
    if (Object.is(one, other)) {
      if (one === undefined && !Object.hasOwn(b, key)) return false;
    } else if (isRecord(one) && isRecord(other)) parts.push(key);
    else return false;
  }
  return parts.every((key) => isSame(a[key], b[key]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
