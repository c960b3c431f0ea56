import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { knownSchema, loadKnownDivergences } from '../../../verdict/known.ts';
import { entry } from './entry.ts';

describe('a directory of known divergences', () => {
  const dirs: string[] = [];
  const newDir = async () => {
    const dir = await mkdtemp(join(tmpdir(), 'boxcheck-known-'));
    dirs.push(dir);
    return dir;
  };
  afterEach(async () => {
    for (const dir of dirs.splice(0)) await rm(dir, { recursive: true });
  });

  // Node happens to list them sorted, on some systems, and does not promise it.
  it('is read in the order of the names, whatever the order of its files', async () => {
    const dir = await newDir();
    const ids = ['d', 'h', 'a', 'g', 'c', 'b', 'f', 'e'];
    for (const id of ids) await writeFile(join(dir, `${id}.json`), JSON.stringify(entry({ id, title: 'ü' })));
    const known = await loadKnownDivergences(dir);
    expect(known.map(({ id }) => id)).toEqual([...ids].sort());
    expect(known[0]?.title).toBe('ü');
  });

  it('may be missing, but not be something else', async () => {
    const dir = await newDir();
    await writeFile(join(dir, 'file'), '');
    await expect(loadKnownDivergences(join(dir, 'file'))).rejects.toThrow('ENOTDIR');
  });
});

const accepts = (changes: Record<string, unknown>): boolean =>
  knownSchema.safeParse({ ...entry(), ...changes }).success;

describe('the words of an entry', () => {
  it.each([
    'configured',
    'primed',
    'running',
    'ending',
    'stopped',
    'failed',
    'leaving',
    'removed',
  ])('a box may be %s after it', (status) => {
    expect(accepts({ after: { box: { status } } })).toBe(true);
  });

  it('an attach may be closed after it, and an execution held by nobody', () => {
    expect(accepts({ after: { attach: { state: 'closed' }, exec: { attachedBy: null } } })).toBe(true);
    expect(accepts({ after: { attach: { state: 'open' } } })).toBe(false);
    expect(accepts({ after: { exec: { attachedBy: 'att1' } } })).toBe(false);
    expect([true, false].map((draining) => accepts({ after: { exec: { draining } } }))).toEqual([
      true,
      false,
    ]);
  });

  it('the targets are one or more of those there are', () => {
    expect(accepts({ targets: ['reference', 'lab', 'host', 'external'] })).toBe(true);
    expect(accepts({ targets: [] })).toBe(false);
    expect(accepts({ targets: ['moon'] })).toBe(false);
  });

  it.each(['exec-500', '7', 'a--b'])('the id may be %j', (id) => {
    expect(accepts({ id })).toBe(true);
  });

  it.each([
    '',
    '-a',
    'a b',
    'a.json',
    'a/b',
    'ab!',
  ])('the id may not be %j, which is no name of a file', (id) => {
    const { error } = knownSchema.safeParse({ ...entry(), id });
    expect(error?.issues[0]).toMatchObject({
      path: ['id'],
      message: 'an id is lower-case words joined by hyphens',
    });
  });

  it('a rate cannot be more than always, and says so', () => {
    const { error } = knownSchema.safeParse({ ...entry(), rate: { m: 3, k: 2 } });
    expect(error?.issues[0]?.message).toMatch(/^m must not exceed k/u);
  });
});
