/** Date and time (UTC) as part of a file name: sorts by time, no colons. */
export const stamp = (time: Date): string =>
  time
    .toISOString()
    .replace(/\.\d+Z$/u, 'Z')
    .replaceAll(':', '');

/** Text made fit for a file name: lower case, words joined by `-`, at most `longest` characters. */
export function slug(text: string, longest = 60): string {
  const words = text.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  return words.slice(0, longest).replaceAll(/^-+|-+$/gu, '') || 'unnamed';
}

/** Milliseconds for people: `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 07 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100) / 10;
  if (tenths < 60) return `${tenths.toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

const pad = (n: number): string => String(n).padStart(2, '0');
