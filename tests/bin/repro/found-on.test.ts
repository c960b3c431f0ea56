import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FoundOn, otherPlace, replayFlags } from '../../../bin/repro/found-on.ts';
import { boxcheck } from '../spawn.ts';

const onReference: FoundOn = {
  identity: { target: 'reference', version: '0.10.7' },
  options: { defects: ['exec-code-zeroed'], resident: true },
};
const inLab: FoundOn = { identity: { target: 'lab', version: '0.10.0' }, options: {} };

test('a replay takes target, version and defect from the folder unless it is told otherwise', () => {
  expect(replayFlags(onReference, { json: true })).toEqual({
    ...{ json: true, target: 'reference', defect: ['exec-code-zeroed'], resident: true },
  });
  expect(replayFlags(inLab, {})).toEqual({ target: 'lab', version: '0.10.0' });
  expect(replayFlags(inLab, { version: '0.10.7' })).toEqual({ target: 'lab', version: '0.10.7' });
  expect(replayFlags(onReference, { target: 'reference', defect: [] })).toMatchObject({ defect: [] });
  for (const other of [{ target: 'host' as const }, { url: 'http://127.0.0.1:1' }])
    expect(replayFlags(onReference, other)).toEqual(other);
  expect(replayFlags(null, { target: 'lab' })).toEqual({ target: 'lab' });
});

test('a folder that names a directory for boxes gives way to an image that is told', () => {
  const there: FoundOn = {
    identity: { target: 'external', version: '0.10.7' },
    options: { rootfs: '/r', home: '/h' },
  };
  expect(replayFlags(there, { image: 'alpine' })).toEqual({
    target: 'external',
    image: 'alpine',
    home: '/h',
  });
  expect(replayFlags(there, {})).toEqual({ target: 'external', rootfs: '/r', home: '/h' });
});

test('what a replay is on is said where it differs from what the program was found on', () => {
  const here = { identity: { target: 'lab', version: '0.10.7' } as const, options: {} };
  expect(otherPlace(inLab, here)).toBe(
    'found on target lab, BoxLite 0.10.0; replayed on target lab, BoxLite 0.10.7',
  );
  expect(otherPlace(onReference, { ...onReference, options: {} })).toContain(
    'defect exec-code-zeroed; replayed',
  );
  for (const found of [null, inLab]) expect(otherPlace(found, found ?? here)).toBeNull();
});

test('a folder is replayed as it was found: its steps are told, and the replay is kept', async () => {
  const out = await mkdtemp(join(tmpdir(), 'bc-replay-'));
  try {
    const folder = join(out, 'found');
    const minimal = new URL('../../../quality/minimal/exec-code-zeroed.json', import.meta.url);
    await mkdir(folder);
    await writeFile(join(folder, 'program.json'), await readFile(minimal));
    await writeFile(join(folder, 'environment.json'), JSON.stringify(onReference));
    const ended = await boxcheck(['repro', folder, '--times', '2', '--out', out]);
    expect(ended).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        / {2}1\. run .*\n.* seen .*\n {2}2\. exec .* <-- UNEXPECTED\n.*FAILED, failed in 2 of 2 \[target reference/su,
      ),
    });
    const [run = ''] = await readdir(join(out, 'runs'));
    const replays = join(out, 'runs', run, 'replays');
    expect(await readdir(replays)).toEqual(['001-found-failed.jsonl', '002-found-failed.jsonl']);
    expect((await readFile(join(replays, '002-found-failed.jsonl'), 'utf8')).trim().split('\n').length).toBe(
      2,
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 60_000);
