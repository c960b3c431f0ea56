/** A word as a POSIX shell reads it back unchanged, whatever it holds (NUL excepted: no argument can). */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line of quoted words. */
export const quoteAll = (words: readonly string[]) => words.map(quote).join(' ');
