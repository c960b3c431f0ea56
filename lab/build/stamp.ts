import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { replaceFile, toJson } from '../../files/write.ts';

/** Gives the digest of a step's inputs; the order of the keys means nothing. */
export function stampOf(inputs: Record<string, string>): string {
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

const fileOf = (output: string) => `${output}.stamp`;

/** The digest an output was made with; null when it has none that can be read. */
export async function readStamp(output: string): Promise<string | null> {
  const text = await readFile(fileOf(output), 'utf8').catch(() => '');
  return /^[0-9a-f]{64}/.exec(text)?.[0] ?? null;
}

/**
 * Writes what an output was made from: the digest, then the inputs, and beside them what its making found out
 * (`made`), which is no part of the digest.
 */
export function writeStamp(
  output: string,
  inputs: Record<string, string>,
  made: Record<string, string> = {},
): void {
  const text = `${stampOf(inputs)}\n${toJson({ ...inputs, ...made })}`;
  replaceFile(fileOf(output), text);
}

/** Reads one fact from an output's stamp: an input, or what its making found out; null when it is not told. */
export async function stampedFact(output: string, name: string): Promise<string | null> {
  const text = await readFile(fileOf(output), 'utf8').catch(() => '');
  const fact = new RegExp(`^  "${name}": "([^"]*)"`, 'm').exec(text)?.[1];
  return fact ?? null;
}

/** Gives the digest of file contents, for inputs that are files. */
export async function digestOf(...files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}
