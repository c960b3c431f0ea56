import type { SourceFile } from './files.ts';

export const MAX_LINES = 250;
export const MAX_MEDIAN_LINES = 60;

const linesOf = ({ text }: SourceFile): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** A file that is too long. */
export const tooLong = (file: SourceFile): string[] =>
  linesOf(file) > MAX_LINES
    ? [`${file.path}: ${linesOf(file)} lines, at most ${MAX_LINES} are read in one go`]
    : [];

/** A median that is too high: files should be one concept each. */
export function highMedian(files: readonly SourceFile[]): string[] {
  const lengths = files.map(linesOf).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return median > MAX_MEDIAN_LINES
    ? [`the median file has ${median} lines, more than ${MAX_MEDIAN_LINES}`]
    : [];
}

/** The text without comments and without what is between quotes, line by line the same. */
export function bareCode(text: string): string {
  const blank = (found: string): string => found.replace(/[^\n]/gu, ' ');
  return text.replace(
    /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/gu,
    blank,
  );
}

const ESCAPES: readonly [RegExp, string][] = [
  [/(?::|\bas|<|\|)\s*any\b(?!\s*[:(.])/u, 'the type any: say what it is, or unknown'],
];
const SWITCHES = /^\s*(?:\/\/|\/\*|\*)\s*@ts-(?:ignore|nocheck|expect-error)/mu;

/** Ways around the type checker. */
export function escapes(file: SourceFile): string[] {
  const bare = bareCode(file.text).split('\n');
  const found = bare.flatMap((line, i) =>
    ESCAPES.filter(([pattern]) => pattern.test(line)).map(([, why]) => `${file.path}:${i + 1}: ${why}`),
  );
  return SWITCHES.test(file.text)
    ? [...found, `${file.path}: a comment that switches the type checker off`]
    : found;
}

/** Functions of one shape, named after what they are (a route, a shell command): their type is documented. */
const families: readonly string[] = ['reference/server/routes/'];

const EXPORTED_FUNCTION =
  /^export (?:default )?(?:async )?function\*? (\w+)|^export const (\w+)(?:: [^=]+)? = (?:async )?(?:<[^>]*>)?\([^=]*\)[^=\n]*=>/gmu;

/**
 * Exported functions without a TSDoc comment. One comment is enough for lines that follow each other without a
 * gap: it speaks of all of them.
 */
export function undocumented(file: SourceFile): string[] {
  if (families.some((family) => file.path.startsWith(family))) return [];
  return [...file.text.matchAll(EXPORTED_FUNCTION)].flatMap((found) => {
    const group = file.text.slice(0, found.index).replace(/(?<=^|\n)(?:export const [^\n]*\n)+$/u, '');
    return group.trimEnd().endsWith('*/')
      ? []
      : [`${file.path}: ${found[1] ?? found[2]} is exported without a comment`];
  });
}

const machinePaths = [`/${'work'}/`, `/${'root'}/.cache`];
const registryHost =
  /https?:\/\/[^/\s'"`]*(?:registry|artifactory|nexus|npmmirror|pypi|proxy\.golang)[^/\s'"`]*/iu;

/** Paths of one machine, and addresses of package registries. */
export function localPlaces(file: SourceFile): string[] {
  const paths = machinePaths
    .filter((path) => new RegExp(`(?<![\\w.-])${path}`, 'u').test(file.text))
    .map((path) => `${file.path}: the machine's own path ${path}`);
  const host = registryHost.exec(file.text);
  return host ? [...paths, `${file.path}: the registry ${host[0]}`] : paths;
}

/** Tests that are left out, or that leave out all others. */
export function leftOut(file: SourceFile): string[] {
  const found = /\b(?:it|test|describe|bench)(?:\.\w+)*\.(only|skip|todo)\b/u.exec(bareCode(file.text));
  return found ? [`${file.path}: .${found[1]} in a test`] : [];
}
