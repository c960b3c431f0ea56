/** Longest normal form of a message: what follows is detail. */
const MAX_LENGTH = 120;

/**
 * The shape of a message: everything that differs between two runs of the same bug (ids, names, numbers,
 * paths, times) replaced by a placeholder, so that equal shapes mean equal complaints.
 */
export function shapeOfText(text: string): string {
  const shape = replacements.reduce((acc, [pattern, by]) => acc.replace(pattern, by), essence(text));
  const words = (shape.match(/\S+/gu) ?? []).map(shapeOfWord).join(' ');
  return withoutRepeats(words).toLowerCase().slice(0, MAX_LENGTH).trim();
}

/** The lines that say what is wrong, without colours, notices and log lines around them. */
function essence(text: string): string {
  const lines = text
    // biome-ignore lint/complexity/useRegexLiterals: an escape character in a literal is easily lost
    .replace(new RegExp('\\u001b\\[[0-9;]*[A-Za-z]', 'gu'), '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('[boxlite]'));
  const telling = lines.filter((line) => /^(error|errors|thread .* panicked)\b|panicked at/iu.test(line));
  return (telling.length > 0 ? telling : lines).join(' ').replace(/^error: /iu, '');
}

const replacements: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?UTC|Z|[+-]\d\d:?\d\d)?/gu, '<time>'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`,)]+/giu, '<url>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, '<id>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/gu, '<addr>'],
  // What a user typed follows these words, whatever characters it holds.
  [/\b(no such box|box not found|execution not found|not found): [^\n:]*/giu, '$1: <x>'],
  [/"(?:[^"\\]|\\.)*"|`[^`]*`|(?<![A-Za-z])'[^'\n]*'/gu, '<q>'],
  [/(?<![\w<])\.{0,2}\/[^\s"'`,;:)\]]+/gu, '<path>'],
  [
    /\b(box|execution|container|session) (?!with |not |is |has |was |already )(?!<)\S+?(?=[\s:,.]|$)/giu,
    '$1 <x>',
  ],
];

const wrapping = /^([([{<"'`]*)(.*?)([)\]}>"'`,.;:!?]*)$/su;

function shapeOfWord(word: string): string {
  if (/^<\w+>$/u.test(word)) return word;
  return word.replace(
    wrapping,
    (_, open: string, core: string, close: string) => open + shapeOfCore(core) + close,
  );
}

function shapeOfCore(core: string): string {
  // An id may be the whole word, or a part of a name such as a process's.
  const named = core.replace(/(?<![0-9A-Za-z])[0-9A-Za-z]{12}(?![0-9A-Za-z])/gu, (part) =>
    isId(part) ? '<id>' : part,
  );
  if (/^(?:0x)?[0-9a-f]{8,}$/iu.test(named) && /\d/u.test(named)) return '<hex>';
  return named.replace(/[+-]?\d+(?:[.,]\d+)*/gu, '<n>');
}

/** Whether twelve letters and digits are a box id: those that are no word. */
function isId(part: string): boolean {
  return !/^(?:[A-Z]+|[A-Z]?[a-z]{2,}(?:[A-Z][a-z]{2,})*)$/u.test(part);
}

/** `invalid state: invalid state: ...`: the --url client may put a prefix twice (contract 1.1). */
const withoutRepeats = (text: string): string => text.replace(/((?:^|(?<= ))[\w ]+: )\1+/giu, '$1');
