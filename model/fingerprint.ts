/** Fingerprints of parts that have been looked at: plain data of the model never changes, and worlds share most of it. */
const known = new WeakMap<object, number>();

/** Characters of a text that count, at either end: outputs are long, and differ in their length where nowhere else. */
const ENDS = 16;

/**
 * Gives a number that is the same for equal pieces of plain data, whatever the order of their fields, and another one
 * for most that differ: among many, only those with the same number need be compared.
 */
export function fingerprint(value: unknown): number {
  if (typeof value === 'string') return ofText(value);
  if (typeof value === 'number') return value | 0;
  if (typeof value !== 'object' || value === null) return value ? 1 : 2;
  const old = known.get(value);
  if (old !== undefined) return old;
  let sum = 0;
  for (const key of Object.keys(value)) {
    const part = fingerprint((value as Record<string, unknown>)[key]);
    // Mixed before they are added: else what two fields exchange would not show.
    sum = (sum + Math.imul(ofText(key) ^ Math.imul(part, 0x9e3779b1), 0x85ebca6b)) | 0;
  }
  known.set(value, sum);
  return sum;
}

function ofText(text: string): number {
  let sum = text.length;
  const end = Math.min(text.length, ENDS);
  for (let i = 0; i < end; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  for (let i = Math.max(end, text.length - ENDS); i < text.length; i++)
    sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum;
}
