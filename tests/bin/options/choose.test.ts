import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../../bin/cli/errors.ts';
import { checkFlags, checkOut, marksThatCount } from '../../../bin/options/choose.ts';
import { chosenTarget } from '../../../bin/options/target.ts';

test('the flags say which target is meant', () => {
  expect(chosenTarget({})).toBe('best');
  expect(chosenTarget({ target: 'lab' })).toBe('lab');
  expect(chosenTarget({ url: 'http://x' })).toBe('external');
  expect(chosenTarget({ home: '/h' })).toBe('external');
  expect(chosenTarget({ defect: ['d'] })).toBe('reference');
});

test('a flag about another target than the one named is an error that names both', () => {
  expect(() => chosenTarget({ target: 'lab', defect: ['d'] })).toThrow(/--defect.*not lab/u);
  expect(() => chosenTarget({ target: 'host', url: 'http://x' })).toThrow(/--url.*not host/u);
  expect(() => chosenTarget({ defect: ['d'], home: '/h' })).toThrow(/--home.*not reference.*--defect/u);
  expect(() => chosenTarget({ target: 'lab', image: 'i' })).toThrow(/--image.*not lab/u);
  expect(() => chosenTarget({ target: 'host', resident: true })).toThrow(/--resident.*reference.*not host/u);
  expect(() => chosenTarget({ home: '/h', apiKey: 'k' })).toThrow(/--api-key.*--url/u);
  expect(() => chosenTarget({ pathPrefix: 'p' })).toThrow(/--path-prefix.*--url/u);
  expect(() => chosenTarget({ target: 'external', lanes: 2, home: '/h' })).toThrow(
    /--lanes 2.*external.* 1 program /u,
  );
  expect(() => chosenTarget({ target: 'lab', lanes: 3 })).toThrow(/--lanes 3.*lab.* 2 programs /u);
  expect(chosenTarget({ target: 'lab', lanes: 2 })).toBe('lab');
  expect(chosenTarget({ target: 'lab', lanes: 'usual' })).toBe('lab');
});

test.each(['runs', 'findings'])('a file where %s go is told before anything starts', async (name) => {
  const out = await mkdtemp(join(tmpdir(), 'bc-out-'));
  onTestFinished(() => rm(out, { recursive: true }));
  await checkOut(out);
  await rm(join(out, name), { recursive: true });
  await writeFile(join(out, name), '');
  await expect(checkOut(out)).rejects.toThrow(new RegExp(`--out ${out}: .*${name}.*; give a directory`, 'u'));
});

test('files and names in flags are checked before anything starts', async () => {
  for (const boxlite of ['/no/such/boxlite', 'no-such-boxlite'])
    await expect(checkFlags({ boxlite })).rejects.toThrow(`--boxlite ${boxlite}: no executable file`);
  const other = checkFlags({ target: 'lab', urlBoxlite: '/no/such/boxlite' });
  await expect(other).rejects.toThrow('--url-boxlite /no/such/boxlite: no executable file');
  const elsewhere = checkFlags({ target: 'reference', urlBoxlite: '/bin/sh' });
  await expect(elsewhere).rejects.toThrow('--url-boxlite: only for target lab or host, not reference');
  await expect(checkFlags({ rootfs: '/no/such/dir' })).rejects.toThrow(/--rootfs/u);
  await expect(checkFlags({ image: 'a', rootfs: '/' })).rejects.toThrow(/one of them/u);
  await expect(checkFlags({ defect: ['no-such-defect'] })).rejects.toThrow(
    /--defect no-such-defect.*--defect list/u,
  );
  await expect(checkFlags({ version: 'abc' })).rejects.toThrow(/--version abc.*a release/u);
  await expect(checkFlags({ target: 'reference', version: '9.9.9' })).rejects.toThrow(/--version.*plays/u);
  for (const rate of ['2', '0', '', 'x', '1=1'])
    await expect(checkFlags({ defect: [`exec-code-zeroed=${rate}`] })).rejects.toThrow(/at most 1/u);
  await expect(checkFlags({ defect: ['exec-code-zeroed=0.3'] })).resolves.toBeUndefined();
  await expect(checkFlags({ url: 'http://x', rootfs: '/only/there' })).resolves.toBeUndefined();
  for (const key of ['boxlite', 'home', 'image', 'rootfs', 'out'])
    await expect(checkFlags({ [key]: '' })).rejects.toThrow(new RegExp(`--${key}: it is empty`, 'u'));
  await expect(checkFlags({ target: 'external' })).rejects.toThrow(/--url URL, a home with --home/u);
  await expect(checkFlags({})).resolves.toBeUndefined();
});

test('a mark is left out by its id, and an id that none has is told with those there are', async () => {
  const all = await marksThatCount({});
  const [first, second] = all.map(({ id }) => id) as [string, string];
  const left = await marksThatCount({ knownId: [first, second] });
  expect(left).toEqual(all.slice(2));
  expect(await marksThatCount({ known: false, knownId: [first] })).toEqual([]);
  const wrong = checkFlags({ knownId: [first, 'no-such-mark'] });
  await expect(wrong).rejects.toThrow(UsageError);
  await expect(wrong).rejects.toThrow(new RegExp(`--no-known-id no-such-mark: .*${second}`, 'u'));
});
