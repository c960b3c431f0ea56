import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../../bench/coverage/campaign.ts';
import { rules } from '../../../../bench/harness/reference.ts';
import { goalsOf, goalText, keyText } from '../../../../search/coverage/guide/goal.ts';
import { makeStateGraph } from '../../../../search/coverage/guide/state-graph.ts';
import { defaultSettings as settings } from '../../../../search/generate/settings.ts';
import { predict } from '../../../../search/worlds/rules.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);
const graph = makeStateGraph(rules, { surfaces, settings });

describe('the state graph', () => {
  it('offers steps that are predicted where they are offered, each with its goal', () => {
    const texts = [...graph.goals.keys()];
    for (const { world, transitions } of graph.states) {
      for (const { step, goal, refused } of transitions) {
        const label = predict(rules, world, step)?.outcomes[0].label ?? 'nothing';
        const key = keyText(step, rules.situation(world, step), label);
        expect(goalsOf(key).map(goalText)).toEqual([texts[goal]]);
        expect(refused).toBe(texts[goal]?.endsWith('refused'));
      }
    }
  });

  it('leads to states that it knows', () => {
    const known = graph.states.length;
    expect(known).toBeGreaterThan(100);
    expect(graph.byShape.size).toBe(known);
    for (const { transitions } of graph.states)
      for (const { to } of transitions) expect(to).toBeLessThan(known);
  });

  it('has every goal that programs drawn by chance meet', async () => {
    const { goals } = await coverageOf({ seed: 5, minutes: 10, guided: 0 });
    expect(goals.length).toBeGreaterThan(100);
    // A clone, which keeps a box at rest from being removed, where a clone comes from, a name that another box has,
    // and ports are another part's matter: the graph has one box at a time, and a port is no part of its shape.
    const ofAnother =
      /^rm \| \w+ \| \w+\/(?:stopped|failed)\S* \| refused$|^clone \| rest \| job\/stopped \| refused$|^connect \| - \| (?:held|at-rest|silent) \||~rest-copy \|/u;
    expect([...goals].filter((goal) => !graph.goals.has(goal) && !ofAnother.test(goal))).toEqual([]);
  });

  it('keeps to the surfaces, verbs and refusals that are wanted', () => {
    const only = makeStateGraph(rules, {
      surfaces: new Set(['cli']),
      settings: { ...settings, illegalShare: 0, weights: { ...settings.weights, exec: 0 } },
    });
    const goals = [...only.goals.keys()];
    expect(goals.length).toBeGreaterThan(20);
    expect(goals.filter((goal) => !/ \| (?:cli|-) \| .* allowed$/u.test(goal))).toEqual([]);
    expect(goals.filter((goal) => goal.startsWith('exec '))).toEqual([]);
  });
});
