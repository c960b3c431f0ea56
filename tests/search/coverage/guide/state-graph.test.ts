import { describe, expect, it } from 'vitest';
import { coverBySearch } from '../../../../bench/reach/search.ts';
import { rules } from '../../../../quality/bench.ts';
import { keyText } from '../../../../search/coverage/coverage-key.ts';
import { makeAtlas } from '../../../../search/coverage/guide/state-graph.ts';
import { cellsOf, cellText } from '../../../../search/coverage/guide/goal.ts';
import { predict } from '../../../../search/worlds/rules.ts';
import { defaultSettings as settings } from '../../../../search/generate/settings.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);
const atlas = makeAtlas(rules, { surfaces, settings });

describe('the atlas', () => {
  it('offers steps that are predicted where they are offered, each in its cell', () => {
    const texts = [...atlas.cells.keys()];
    for (const { world, offers } of atlas.places) {
      for (const { step, cell, refused } of offers) {
        const label = predict(rules, world, step)?.outcomes[0].label ?? 'silent';
        const key = keyText(step, rules.situation(world, step), label);
        expect(cellsOf(key).map(cellText)).toEqual([texts[cell]]);
        expect(refused).toBe(texts[cell]?.endsWith('refused'));
      }
    }
  });

  it('leads to places that it knows', () => {
    const known = atlas.places.length;
    expect(known).toBeGreaterThan(100);
    expect(atlas.byShape.size).toBe(known);
    for (const { offers } of atlas.places) for (const { to } of offers) expect(to).toBeLessThan(known);
  });

  it('has every cell that programs drawn by chance meet', async () => {
    const { cells } = await coverBySearch({ seed: 5, minutes: 10, levels: [], guided: 0 });
    expect(cells.size).toBeGreaterThan(100);
    expect([...cells].filter((cell) => !atlas.cells.has(cell))).toEqual([]);
  });

  it('keeps to the surfaces, verbs and refusals that are wanted', () => {
    const only = makeAtlas(rules, {
      surfaces: new Set(['cli']),
      settings: { ...settings, illegalShare: 0, weights: { ...settings.weights, exec: 0 } },
    });
    const cells = [...only.cells.keys()];
    expect(cells.length).toBeGreaterThan(20);
    expect(cells.filter((cell) => !/ \| (?:cli|-) \| .* allowed$/u.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith('exec '))).toEqual([]);
  });
});
