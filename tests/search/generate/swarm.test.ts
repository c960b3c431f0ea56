import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Op, Surface } from '../../../program/step.ts';
import { defaultSettings, type SearchSettings } from '../../../search/generate/settings.ts';
import { drawSwarm, type Swarm, wholeLanguage, withRoom } from '../../../search/generate/swarm.ts';
import { realRules } from '../fixtures/told.ts';

const every: ReadonlySet<Surface> = new Set(['cli', 'url', 'rest']);
const scoped = (scope: 'all' | 'theme' | 'swarm', changes: Partial<SearchSettings> = {}): SearchSettings => ({
  ...defaultSettings,
  ...changes,
  scopes: { all: 0, theme: 0, swarm: 0, [scope]: 1 },
});

/** Draws swarms with the random numbers of fast-check. */
class Swarms extends fc.Arbitrary<Swarm> {
  readonly #draw: (random: fc.Random) => Swarm;
  constructor(settings: SearchSettings, surfaces: ReadonlySet<Surface>) {
    super();
    this.#draw = (random) => drawSwarm(random, settings, realRules.verbs, surfaces);
  }
  generate(random: fc.Random): fc.Value<Swarm> {
    return new fc.Value(this.#draw(random), undefined);
  }
  canShrinkWithoutContext(_value: unknown): _value is Swarm {
    return false;
  }
  shrink(): fc.Stream<fc.Value<Swarm>> {
    return fc.Stream.nil();
  }
}

const drawn = (settings: SearchSettings, surfaces = every): Swarm[] =>
  fc.sample(new Swarms(settings, surfaces), { seed: 3, numRuns: 300 });

const makers: readonly Op[] = ['run', 'create', 'foreground'];
/** What a verb is worthless without: one of these. */
const needs: Partial<Record<Op, readonly Op[]>> = {
  send: ['attach'],
  read: ['attach', 'attach-main'],
  attach: ['spawn'],
  wait: ['spawn'],
  'host-read': ['exec'],
};

/** Verbs that no target has without an SDK. */
const ofSdks: ReadonlySet<string> = new Set(['follow', 'drop-sdk']);

describe('a random subset', () => {
  it('has a way to make a box, and what its verbs need', () => {
    for (const { ops, surfaces } of drawn(scoped('swarm'))) {
      expect(makers.some((op) => ops.has(op))).toBe(true);
      expect(ops.has('settle')).toBe(true);
      for (const [op, some] of Object.entries(needs) as [Op, readonly Op[]][])
        if (ops.has(op)) expect(some.some((other) => ops.has(other))).toBe(true);
      expect(surfaces.size).toBeGreaterThan(0);
    }
  });

  it('leaves verbs and surfaces out, each now and then', () => {
    const swarms = drawn(scoped('swarm'));
    for (const op of ['run', 'stop', 'detach', 'exec'] as const) {
      const share = swarms.filter(({ ops }) => ops.has(op)).length / swarms.length;
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(0.99);
    }
    for (const surface of every) expect(swarms.some(({ surfaces }) => !surfaces.has(surface))).toBe(true);
    expect(new Set(swarms.map(({ ops }) => [...ops].sort().join())).size).toBeGreaterThan(250);
  });

  it('is nothing but what makes a box, and waiting, when nothing stays by chance', () => {
    for (const { ops } of drawn(scoped('swarm', { swarmKeep: 0 }))) {
      expect(ops.size).toBe(2);
      expect([...ops].some((op) => makers.includes(op))).toBe(true);
    }
  });

  it('has what its verbs need, and what those need in turn', () => {
    const few: readonly Op[] = ['run', 'spawn', 'attach', 'attach-main', 'send', 'read'];
    const weights = { ...defaultSettings.weights };
    for (const op of Object.keys(weights) as Op[]) if (!few.includes(op)) weights[op] = 0;
    const swarms = drawn(scoped('swarm', { weights }));
    const having = (...some: Op[]) => swarms.filter(({ ops }) => some.every((op) => ops.has(op)));
    expect(having('send').length).toBeGreaterThan(50);
    expect(having('send', 'attach', 'spawn')).toEqual(having('send'));
    expect(having('attach', 'spawn')).toEqual(having('attach'));
    // One that reads a main session needs no execution.
    expect(having('read', 'attach-main').length).toBeGreaterThan(
      having('read', 'attach-main', 'attach').length,
    );
  });

  it('never has a verb without a weight, nor makes up for it', () => {
    const weights = { ...defaultSettings.weights, create: 0, foreground: 0, spawn: 0 };
    for (const { ops } of drawn(scoped('swarm', { weights, swarmKeep: 0.2 }))) {
      expect(ops.has('run')).toBe(true);
      for (const op of ['create', 'foreground', 'spawn'] as const) expect(ops.has(op)).toBe(false);
    }
  });
});

test('a scope has room for boxes of its own beside those that are there, as far as a machine carries them', () => {
  const swarm = (maxBoxes: number) => wholeLanguage({ ...defaultSettings, maxBoxes }, realRules.verbs, every);
  const room = (maxBoxes: number, living: number) => withRoom(swarm(maxBoxes), living).settings.maxBoxes;
  expect([room(1, 0), room(1, 2), room(2, 3), room(6, 3)]).toEqual([1, 3, 4, 6]);
});

describe('a theme', () => {
  it('has its verbs, on the surfaces that there are', () => {
    const [streams] = defaultSettings.themes;
    const settings = scoped('theme', { themes: streams ? [streams] : [] });
    for (const { ops, surfaces, works, settings: own } of drawn(settings)) {
      expect(ops).toEqual(new Set(streams?.ops).difference(ofSdks));
      expect([...surfaces]).toEqual(['rest']);
      expect(works).toEqual(new Set(streams?.works));
      expect(own).toMatchObject({ maxBoxes: 1, weights: { read: 8, run: defaultSettings.weights.run } });
    }
  });

  it('gives way to everything where the target cannot carry any, or none could make a box', () => {
    const whole = new Set(Object.keys(realRules.verbs)).difference(ofSdks);
    const [streams] = defaultSettings.themes;
    const themes = streams ? [streams] : [];
    const only = (changes: Partial<SearchSettings>, surfaces = every) =>
      drawn(scoped('theme', changes), surfaces);
    const cli = new Set<Surface>(['cli']);
    for (const swarm of only({ themes }, cli)) expect(swarm).toMatchObject({ ops: whole, surfaces: cli });
    for (const swarm of only({ themes: themes.map((theme) => ({ ...theme, ops: ['stop', 'wait'] })) }))
      expect(swarm.ops).toEqual(whole);
  });

  it('leaves no SDK out, and has the verbs that only an SDK has where there is one', () => {
    const surfaces = new Set<Surface>(['rest', 'sdk']);
    for (const swarm of drawn(scoped('swarm', { swarmKeep: 1 }), surfaces)) {
      expect(swarm.surfaces).toEqual(surfaces);
      expect(ofSdks.difference(swarm.ops as ReadonlySet<string>)).toEqual(new Set());
    }
  });

  it('has no verb without a weight', () => {
    const weights = { ...defaultSettings.weights, attach: 0 };
    expect(drawn(scoped('theme', { weights })).some(({ ops }) => ops.has('attach'))).toBe(false);
    const { ops } = wholeLanguage({ ...defaultSettings, weights }, realRules.verbs, every);
    expect([ops.has('attach'), ops.has('run')]).toEqual([false, true]);
    for (const swarm of drawn(scoped('all', { weights }))) expect(swarm.ops).toEqual(ops);
  });
});
