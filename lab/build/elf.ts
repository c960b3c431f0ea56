/** Type of the program header that names a loader. */
const PT_INTERP = 3;

/** Says whether a 64-bit ELF program runs without a loader and libraries. False for anything else. */
export function isStatic(binary: Buffer): boolean {
  if (binary.length < 64 || binary.toString('latin1', 0, 5) !== '\x7fELF\x02') return false;
  const [start, size, count] = [
    Number(binary.readBigUInt64LE(32)),
    binary.readUInt16LE(54),
    binary.readUInt16LE(56),
  ];
  if (start + size * count > binary.length) return false;
  return Array.from({ length: count }, (_, i) => binary.readUInt32LE(start + i * size)).every(
    (type) => type !== PT_INTERP,
  );
}
