import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { FileError, parseJson, readJson, readJsonSync } from '../../files/json.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-json-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const kind = { schema: z.strictObject({ seeds: z.array(z.int()) }), hint: 'such as {"seeds": [1]}' };

it('gives back what was written, at once or later', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer()), async (seeds) => {
      const file = join(dir, 'a.json');
      await writeFile(file, JSON.stringify({ seeds }));
      expect(await readJson(file, kind)).toEqual({ seeds });
      expect(readJsonSync(file, kind)).toEqual({ seeds });
    }),
    { numRuns: 10 },
  );
});

it.each([
  ['{"seeds":["x"]}', /^a\.json: seeds\.0: .*; such as \{"seeds": \[1\]\}$/u],
  ['{"seeds":[],"more":1}', /^a\.json: the whole file: .*more/u],
  ['{', /^a\.json: not JSON: /u],
])('an error for %s names the file, the field and what would be right', (text, message) => {
  expect(() => parseJson('a.json', text, kind)).toThrow(message);
  expect(() => parseJson('a.json', text, kind)).toThrow(FileError);
});

it('an error for a missing file, or one that cannot be read, names it and what would be right', async () => {
  const missing = join(dir, 'none.json');
  await expect(readJson(missing, kind)).rejects.toThrow(`${missing}: no such file; such as {"seeds": [1]}`);
  expect(() => readJsonSync(missing, kind)).toThrow(`${missing}: no such file; such as {"seeds": [1]}`);
  await expect(readJson(dir, kind)).rejects.toThrow(FileError);
});

it('a byte order mark before the text is no part of it', async () => {
  const file = join(dir, 'bom.json');
  await writeFile(file, '\uFEFF{"seeds":[1]}');
  expect(readJsonSync(file, kind)).toEqual({ seeds: [1] });
});

it('what is no regular file is refused by name, and never waited for', async () => {
  const pipe = join(dir, 'pipe.json');
  execFileSync('mkfifo', [pipe]);
  await expect(readJson(pipe, kind)).rejects.toThrow(
    `${pipe}: a pipe, socket or device, no regular file; such as`,
  );
  await expect(readJson('/dev/zero', kind)).rejects.toThrow('/dev/zero: a pipe, socket or device');
  await expect(readJson(dir, kind)).rejects.toThrow(`${dir}: a directory, no file`);
});

it('a file that is larger than what is read is refused by name, with its size and the limit', async () => {
  const file = join(dir, 'large.json');
  await writeFile(file, '');
  await truncate(file, 300 * 2 ** 20);
  await expect(readJson(file, kind)).rejects.toThrow(
    `${file}: 314572800 bytes; at most 32 MiB are read; such as`,
  );
});

it('a file that is no UTF-8 text is refused: its bytes would be read as others', async () => {
  const file = join(dir, 'latin1.json');
  await writeFile(file, Buffer.from('{"seeds":[1],"note":"\u00e9"}', 'latin1'));
  expect(() => readJsonSync(file, kind)).toThrow(`${file}: no UTF-8 text`);
});
