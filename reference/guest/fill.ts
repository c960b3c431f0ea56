const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** What each pattern repeats, and whether only as a whole. */
const patterns: Readonly<Record<string, { unit: Buffer; whole?: true }>> = {
  lines: { unit: Buffer.from('0123456789abcde\n') },
  line: { unit: Buffer.from('x') },
  text: { unit: Buffer.from('aé漢🙂\n'), whole: true },
  bytes: { unit: everyByte },
};

/** So many bytes of a pattern; of one that is only repeated as a whole as many as go into them, and at least one. */
export function fill(size: string | undefined, name = 'lines'): Buffer {
  const { unit, whole } = patterns[name] ?? { unit: Buffer.alloc(1) };
  const bytes = Number(size);
  return Buffer.alloc(whole ? Math.max(1, Math.floor(bytes / unit.length)) * unit.length : bytes, unit);
}
