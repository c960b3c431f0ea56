const TERM = /^(>=|<=|>|<|=)?(\d+)\.(\d+)\.(\d+)$/u;

type Version = readonly [number, number, number];

const termsOf = (range: string): string[] => range.split(/\s/u).filter(Boolean);

/** Whether a text is a range: terms such as `>=0.10.0` separated by blanks, all of which must hold, or `*`. */
export function isVersionRange(range: string): boolean {
  const terms = termsOf(range);
  return range.trim() === '*' || (terms.length > 0 && terms.every((term) => TERM.test(term)));
}

/**
 * Whether what a runtime says of itself lies in a range. Every release number in the text is looked at (CLI and
 * server may tell different ones): one that lies in it is enough. A text without any lies in `*` only.
 */
export function inRange(range: string, told: string): boolean {
  const question = `${range} | ${told}`;
  const known = answers.get(question);
  if (known !== undefined) return known;
  const terms = termsOf(range);
  const holdsIn = (version: Version): boolean => terms.every((term) => holds(term, version));
  const answer = range.trim() === '*' || versionsIn(told).some(holdsIn);
  answers.set(question, answer);
  return answer;
}

/** Asked of each mark at each step, and always the same: a run has one version, the marks a few ranges. */
const answers = new Map<string, boolean>();

function versionsIn(told: string): Version[] {
  return [...told.matchAll(/(\d+)\.(\d+)\.(\d+)/gu)].map(([, a, b, c]) => [Number(a), Number(b), Number(c)]);
}

function holds(term: string, version: Version): boolean {
  const [, sign = '=', ...numbers] = TERM.exec(term) ?? [];
  const order = compare(version, numbers.map(Number) as unknown as Version);
  if (sign === '=') return order === 0;
  return sign.startsWith('>')
    ? order > 0 || (sign === '>=' && order === 0)
    : order < 0 || (sign === '<=' && order === 0);
}

function compare(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}
