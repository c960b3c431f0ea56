const plain = /^[A-Za-z0-9_@%+=:,./-]+$/u;

/**
 * Quotes one word for a POSIX shell: what the shell makes of it is exactly `text`.
 * @throws RangeError for a NUL character, which no word can hold.
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new RangeError('a shell word cannot hold a NUL character');
  return plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
