import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { predict, situationOf } from '../../../commands/index.ts';
import type { Observation } from '../../../domain/observation.ts';
import { newestProfile } from '../../../model/profile.ts';
import { emptyWorld, type World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { inRange, isVersionRange } from '../../../verdict/known/versions.ts';
import { worldAfter } from '../../../verdict/known/world-after.ts';
import {
  applicable,
  isBelieved,
  type KnownDivergence,
  loadKnownDivergences,
  matchKnown,
  parseKnownDivergence,
  rateReports,
  staleMark,
} from '../../../verdict/known.ts';
import { entry } from './entry.ts';

const after = (steps: Step[]): World =>
  steps.reduce((world: World, step) => {
    const prediction = predict(world, step, newestProfile);
    if (!prediction) throw new Error(`the model says nothing of ${step.op}`);
    return prediction.outcomes[0].next;
  }, emptyWorld);

const running = after([{ op: 'run', via: 'rest', as: 'box1', name: 'alpha', main: { do: 'hold', out: '' } }]);
const missing: Step = { op: 'exec', via: 'rest', on: 'box1', work: { do: 'missing' } };

const place = (step: Step, world = running, version = 'boxlite 0.10.7') => ({
  step,
  world,
  situation: situationOf(world, step),
  identity: { target: 'lab' as const, version },
});

const applies = (known: KnownDivergence, step: Step, world = running, version?: string) =>
  applicable([known], place(step, world, version)).length === 1;

describe('where a known divergence applies', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['same op and surface', {}, true],
    ['one of several ops and surfaces', { op: ['start', 'exec'], via: ['cli', 'rest'] }, true],
    ['another op', { op: 'start' }, false],
    ['whatever op', { op: undefined }, true],
    ['another surface', { via: ['cli', 'url'] }, false],
    ['a pattern over the situation', { situation: ['att/open-ro:*', 'job/*'] }, true],
    ['another situation', { situation: ['sandbox/*', 'job'] }, false],
    ['another target', { targets: ['host'] }, false],
    ['another version', { versions: '>=0.11.0' }, false],
    ['the workload', { where: { work: ['directory', 'missing'] } }, true],
    ['another workload', { where: { work: ['print'] } }, false],
    ['no stdin', { where: { stdin: false } }, true],
    ['a name that is not empty', { where: { emptyName: true } }, false],
    ['no malformed mount', { where: { mountHow: ['option'] } }, false],
    ['spelled by id', { where: { by: ['id'] } }, true],
    ['spelled by name', { where: { by: ['name'] } }, false],
    ['its box', { where: { box: { mixedModes: false } } }, true],
    ['another box', { where: { box: { mixedModes: true } } }, false],
  ])('%s', (_, changes, expected) => {
    expect(applies(entry(changes), missing)).toBe(expected);
  });

  it('looks at mounts and targets too', () => {
    const step: Step = {
      op: 'run',
      via: 'cli',
      as: 'box2',
      mounts: [{ kind: 'dir', host: 'h1', at: '/a', mode: 'ro' }],
    };
    const on = (where: Record<string, unknown>) => applies(entry({ op: 'run', via: ['cli'], where }), step);
    expect(on({ mountKind: ['dir'] })).toBe(true);
    expect(on({ mountKind: ['file'] })).toBe(false);
    const several: Step = { op: 'rm', via: 'rest', on: ['box1', '?x'], force: true };
    const rmEntry = entry({ op: 'rm', where: { several: true, force: true } });
    expect(applies(rmEntry, several)).toBe(true);
  });
});

describe('version ranges', () => {
  it.each<[string, string, boolean]>([
    ['>=0.10.0 <=0.10.7', 'boxlite 0.10.7', true],
    ['>=0.10.0 <=0.10.7', '0.10.12', false],
    ['<0.10.0', '0.9.7', true],
    ['0.10.7', 'cli 0.9.7, server 0.10.7', true],
    ['*', 'reference', true],
    ['>=0.1.0', 'reference', false],
  ])('%s holds %s: %s', (range, version, expected) => {
    expect(inRange(range, version)).toBe(expected);
  });

  it('are checked', () => {
    expect(['>=0.10.0', '*', '0.1.2', '> 1'].map(isVersionRange)).toEqual([true, true, true, false]);
  });
});

describe('what is seen', () => {
  const seen = {
    is: 'refused',
    status: 500,
    type: 'X',
    code: 'internal',
    text: 'internal error: spawn_failed',
  } as const;
  it.each<[string, Record<string, unknown>, boolean]>([
    ['a part of it', { is: 'refused', status: 500 }, true],
    ['a part of the text', { is: 'refused', text: 'spawn_failed' }, true],
    ['a regular expression', { is: 'refused', text: '/^INTERNAL .*failed$/i' }, true],
    ['words as a whole', { is: 'refused', code: 'intern' }, false],
    ['another number', { is: 'refused', status: 404 }, false],
    ['alternatives', { is: 'refused', status: { oneOf: [500, 503] } }, true],
    ['the opposite', { is: 'refused', text: { not: 'panic' } }, true],
    ['something absent', { is: 'refused', exit: null }, true],
    ['something present', { is: 'refused', text: null }, false],
  ])('%s', (_, pattern, expected) => {
    expect(matchKnown(entry({ seen: pattern }), seen)).toBe(expected);
  });

  it('is believed after the time of a mark, where each place has such a mark', () => {
    const late = entry({ seen: { is: 'bytes', data: '/^$/' }, lookS: 5 });
    const silence: Observation = { is: 'bytes', data: '' };
    const places = (...marks: KnownDivergence[][]) => marks.map((of) => ({ marks: of }));
    expect(isBelieved(places([late]), silence, 5_000)).toBe(true);
    expect(isBelieved(places([late], [entry(), late]), silence, 5_000)).toBe(true);
    expect(isBelieved(places([late]), silence, 4_999)).toBe(false);
    expect(isBelieved(places([late]), { is: 'bytes', data: 'x' }, 5_000)).toBe(false);
    expect(isBelieved(places([late], []), silence, 60_000)).toBe(false);
    expect(isBelieved(places([entry({ seen: { is: 'bytes', data: '/^$/' } })]), silence, 60_000)).toBe(false);
  });

  it('looks into lists in order', () => {
    const batch: Observation = {
      is: 'batch',
      each: [
        { text: 'a', ok: true },
        { text: 'b', ok: false },
      ],
      exit: 1,
      err: '',
    };
    const on = (each: unknown[]) => matchKnown(entry({ seen: { is: 'batch', each } }), batch);
    expect([
      on([{ ok: false }]),
      on([{ ok: true }, { ok: false }]),
      on([{ ok: false }, { ok: true }]),
    ]).toEqual([true, true, false]);
  });
});

describe('the world after', () => {
  const prediction = predict(running, { op: 'stop', via: 'rest', on: ['box1'] }, newestProfile);
  if (!prediction) throw new Error('stop must be predictable');
  const stop: Step = { op: 'stop', via: 'rest', on: ['box1'] };
  const world = (changes: Record<string, unknown>) =>
    worldAfter(entry({ op: 'stop', after: changes }), { world: running, step: stop, prediction });

  it('is the same, that of an outcome, or unknown', () => {
    expect(world({})).toBe(running);
    expect(world({ as: 'usual' })).toEqual(prediction.outcomes[0].next);
    expect(world({ as: prediction.outcomes[0].label })).toEqual(prediction.outcomes[0].next);
    expect(world({ as: 'no such label' }).boxes.box1?.status).toBe('unclear');
  });

  it('differs from that where the entry says so', () => {
    const box = world({ as: 'usual', box: { status: 'failed', code: null } }).boxes.box1;
    expect(box).toMatchObject({ status: 'failed', code: null, name: 'alpha' });
  });
});

describe('marks that no longer hold', () => {
  it('name the file to remove', () => {
    const failure = staleMark(entry(), 4, place(missing));
    expect(failure).toMatchObject({ kind: 'stale-mark', id: 'exec-missing-500', at: 4 });
    expect(failure.kind === 'stale-mark' && failure.detail).toContain(
      'remove corpus/known/exec-missing-500.json',
    );
  });

  it('are told by their rate when they depend on timing', () => {
    const flaky = entry({ id: 'flaky', always: false, rate: { m: 5, k: 10 } });
    const verdict = (hits: number, misses: number) =>
      rateReports([flaky, entry()], { flaky: hits }, { flaky: misses })[0]?.verdict;
    expect([verdict(1, 100), verdict(0, 5), verdict(0, 40), verdict(0, 0)]).toEqual([
      'shows',
      'too-few',
      'stale',
      undefined,
    ]);
  });
});

describe('loading', () => {
  const dirs: string[] = [];
  afterEach(async () => {
    for (const dir of dirs.splice(0)) await rm(dir, { recursive: true });
  });
  const dirWith = async (files: Record<string, unknown>) => {
    const dir = await mkdtemp(join(tmpdir(), 'boxcheck-known-'));
    dirs.push(dir);
    for (const [name, value] of Object.entries(files))
      await writeFile(join(dir, name), JSON.stringify(value));
    return dir;
  };

  it('reads every JSON file in the order of their names', async () => {
    const dir = await dirWith({
      'b.json': entry({ id: 'b' }),
      'a.json': entry({ id: 'a' }),
      'notes.txt': 'x',
    });
    expect((await loadKnownDivergences(dir)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await loadKnownDivergences(join(dir, 'none'))).toEqual([]);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ id: 'other' }, /a\.json: id is "other".*other\.json/u],
    [{ colour: 'red' }, /a\.json: .*colour/u],
    [{ op: 'dance' }, /a\.json: op/u],
    [{ versions: 'new' }, /a\.json: versions: a range such as/u],
    [{ always: false }, /a\.json: rate: needed when `always` is false/u],
    [{ seen: { status: 500 } }, /a\.json: seen: needs `is`/u],
    [{ seen: { is: 'refused', text: '/(/' } }, /a\.json: seen: .*does not compile/u],
    [{ where: { weather: 'bad' } }, /a\.json: where: .*weather/u],
  ])('names file and field for %j', (changes, message) => {
    const text = JSON.stringify({ ...entry({ id: 'a' }), ...changes });
    expect(() => parseKnownDivergence('corpus/known/a.json', text)).toThrow(message);
  });
});
