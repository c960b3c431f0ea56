/** Fields that are words of a fixed vocabulary: compared as a whole, where other texts match by a part. */
const words = new Set(['is', 'how', 'type', 'code', 'status', 'name', 'id', 'kind']);

/** `/…/flags`. */
const regexText = /^\/(.+)\/([a-z]*)$/su;

/**
 * Whether a value fits a pattern. Objects: every field of the pattern must fit, others do not matter. Lists:
 * every element of the pattern must fit one of the value's, in order. Texts: a part, or a `/regular
 * expression/`; the words of `is`, `how`, `type`, `code`, `status`, `kind` as a whole. null: null or absent.
 * `{"oneOf": [...]}` and `{"not": ...}` stand for alternatives and the opposite.
 */
export function fits(pattern: unknown, value: unknown, field = ''): boolean {
  if (pattern === null) return value === null || value === undefined;
  if (typeof pattern === 'string') return typeof value === 'string' && fitsText(pattern, value, field);
  if (Array.isArray(pattern)) return Array.isArray(value) && fitsList(pattern, value, field);
  if (typeof pattern !== 'object') return pattern === value;
  const record = pattern as Record<string, unknown>;
  if (Array.isArray(record.oneOf)) return record.oneOf.some((inner) => fits(inner, value, field));
  if ('not' in record) return !fits(record.not, value, field);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(record).every(([name, inner]) => fits(inner, fields[name], name));
}

function fitsText(pattern: string, value: string, field: string): boolean {
  const regex = regexText.exec(pattern);
  if (regex) return new RegExp(regex[1] as string, regex[2]).test(value);
  return words.has(field) ? value === pattern : value.includes(pattern);
}

function fitsList(pattern: readonly unknown[], value: readonly unknown[], field: string): boolean {
  let from = 0;
  for (const inner of pattern) {
    const at = value.slice(from).findIndex((element) => fits(inner, element, field));
    if (at < 0) return false;
    from += at + 1;
  }
  return true;
}

/** Whether everything in a pattern can be read: its regular expressions compile. */
export function isPattern(pattern: unknown): boolean {
  if (typeof pattern === 'object' && pattern !== null) return Object.values(pattern).every(isPattern);
  const regex = regexText.exec(String(pattern));
  if (!regex) return true;
  try {
    new RegExp(regex[1] as string, regex[2]);
    return true;
  } catch {
    return false;
  }
}
