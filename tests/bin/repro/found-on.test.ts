import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { marksThatCount } from '../../../bin/options/choose.ts';
import { checkReplayFlags, type FoundOn, readFoundOn, replayFlags } from '../../../bin/repro/found-on.ts';
import { otherPlace } from '../../../bin/repro/place.ts';
import { boxcheck } from '../spawn.ts';

const onReference: FoundOn = {
  identity: { target: 'reference', version: '0.11.0' },
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

test('the key of the environment goes to no server that only a folder names', () => {
  const url = 'http://127.0.0.1:1';
  const there: FoundOn = { identity: { target: 'external', version: 'unknown' }, options: { url } };
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('BOXLITE_API_KEY', 'abcdefgh');
  expect(() => replayFlags(there, {})).toThrow(`found on ${url}: BOXLITE_API_KEY`);
  expect(replayFlags(there, { url })).toMatchObject({ url });
  vi.stubEnv('BOXLITE_API_KEY', undefined);
  expect(replayFlags(there, {})).toMatchObject({ url });
});

test('a binary that only a folder names is not run', () => {
  const there: FoundOn = {
    identity: { target: 'host', version: '0.11.0' },
    options: { boxlite: '/f/boxlite' },
  };
  expect(() => replayFlags(there, {})).toThrow(
    'found with /f/boxlite: it is run only where --boxlite says so',
  );
  expect(replayFlags(there, { boxlite: '/b' })).toMatchObject({ boxlite: '/b' });
});

test.each([
  [{ url: 'http://user:pw@127.0.0.1:9/?k=1' }, /environment\.json: .*options\.url: it must be an address/u],
  [{ defects: ['nope'] }, /environment\.json: --defect nope: the reference runtime has no such defect/u],
  [{ version: '9.9.9' }, /environment\.json: --version 9\.9\.9: the reference plays/u],
])('what a folder has wrong is told as of its file: %j', async (options, told) => {
  const folder = await mkdtemp(join(tmpdir(), 'bc-found-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'environment.json'), JSON.stringify({ ...onReference, options }));
  const checked = readFoundOn(folder).then((found) =>
    checkReplayFlags(folder, replayFlags(found, {}), { target: 'reference' }),
  );
  await expect(checked).rejects.toThrow(told);
  await expect(checked).rejects.not.toThrow('pw');
});

test('marks that did not count do not count in a replay, on whatever target, unless flags speak of marks', () => {
  const unmarked: FoundOn = { ...inLab, options: { knownId: ['a'] } };
  // Of `--no-known` the command line says true where it is not given.
  expect(replayFlags(unmarked, { known: true, knownId: null })).toMatchObject({
    target: 'lab',
    known: true,
    knownId: ['a'],
  });
  expect(replayFlags(unmarked, { target: 'host' })).toEqual({ target: 'host', knownId: ['a'] });
  expect(replayFlags(unmarked, { knownId: [] })).toMatchObject({ knownId: [] });
  expect(replayFlags(unmarked, { knownId: ['b'] })).toMatchObject({ knownId: ['b'] });
  expect(replayFlags(unmarked, { known: false })).not.toHaveProperty('knownId');
  const byContract: FoundOn = { ...inLab, options: { known: false } };
  expect(replayFlags(byContract, { known: true })).toMatchObject({ known: false });
  expect(replayFlags(byContract, { known: true, knownId: ['b'] })).toMatchObject({ known: true });
});

test('a mark that was removed since is not asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bc-found-'));
  try {
    const [{ id } = { id: '' }] = await marksThatCount({});
    const options = { knownId: [id, 'removed-since'] };
    await writeFile(join(folder, 'environment.json'), JSON.stringify({ ...inLab, options }));
    expect((await readFoundOn(folder))?.options.knownId).toEqual([id]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what a replay is on is said where it differs from what the program was found on', () => {
  const here = { identity: { target: 'lab', version: '0.10.7' } as const, options: {} };
  expect(otherPlace(inLab, here)).toBe(
    'found on target lab, BoxLite 0.10.0; replayed on target lab, BoxLite 0.10.7',
  );
  expect(otherPlace(onReference, { ...onReference, options: {} })).toContain(
    'defect exec-code-zeroed; replayed',
  );
  expect(otherPlace(inLab, { ...inLab, options: { knownId: ['a', 'b'] } })).toMatch(
    /BoxLite 0\.10\.0, without the mark of a, b$/u,
  );
  expect(otherPlace(inLab, { ...inLab, options: { known: false } })).toMatch(/by the contract alone$/u);
  for (const found of [null, inLab]) expect(otherPlace(found, found ?? here)).toBeNull();
});

test('a folder is replayed as it was found: its steps are told, and the replay is kept', async () => {
  const out = await mkdtemp(join(tmpdir(), 'bc-replay-'));
  try {
    const folder = join(out, 'found');
    const minimal = new URL('../../../quality/minimal/exec-code-zeroed.json', import.meta.url);
    await mkdir(folder);
    await writeFile(join(folder, 'program.json'), await readFile(minimal));
    const [{ id } = { id: '' }] = await marksThatCount({});
    const note = { ...onReference, options: { ...onReference.options, knownId: [id] } };
    await writeFile(join(folder, 'environment.json'), JSON.stringify(note));
    const ended = await boxcheck(['repro', folder, '--times', '2', '--out', out]);
    expect(ended).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /without the mark of \S+, as it was found\n.* {2}1\. run .*\n.* seen .*\n {2}2\. exec .* <-- UNEXPECTED\n.*FAILED, failed in 2 of 2 \[target reference/su,
      ),
    });
    const [run = ''] = await readdir(join(out, 'runs'));
    const record = JSON.parse(await readFile(join(out, 'runs', run, 'run.json'), 'utf8'));
    expect(record).toMatchObject({ environment: { options: { knownId: [id] } } });
    const replays = join(out, 'runs', run, 'replays');
    expect(await readdir(replays)).toEqual(['001-found-failed.jsonl', '002-found-failed.jsonl']);
    expect((await readFile(join(replays, '002-found-failed.jsonl'), 'utf8')).trim().split('\n').length).toBe(
      2,
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 60_000);
