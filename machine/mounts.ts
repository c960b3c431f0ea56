import { readFileSync } from 'node:fs';
import { execa } from 'execa';

/** Gives the mount points at or below a directory, the deepest first, so that they can be unmounted in order. */
export function mountsBelow(dir: string): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').trimEnd().split('\n');
  const points = lines.map((line) => unoctal(line.split(' ')[4] ?? ''));
  return points
    .filter((point) => point === dir || point.startsWith(`${dir}/`))
    .sort((a, b) => b.length - a.length);
}

/** The kernel writes blanks and backslashes in paths as octal escapes. */
const unoctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Unmounting is immediate, or it waits for a dead file server. */
const UMOUNT_MS = 5_000;

/** Detaches a mount, busy or not; without the right to do so the mount stays. */
export async function unmount(path: string): Promise<void> {
  await execa('umount', ['-l', path], { reject: false, stdio: 'ignore', timeout: UMOUNT_MS });
}
