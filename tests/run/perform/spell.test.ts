import { describe, expect, it } from 'vitest';
import { castOf } from '../../../commands/cast.ts';
import { boxPath, execPath } from '../../../commands/paths.ts';
import type { Step } from '../../../program/step.ts';
import { realName, spell } from '../../../run/perform/spell.ts';
import type { StepContext } from '../../../run/perform/step-context.ts';
import { realText } from '../../../run/perform/text.ts';
import { create, hold, named, run, spawn } from '../../model/fixtures/steps.ts';
import { paperContext } from './fixtures/paper.ts';

const ids = new Map([
  ['box1', 'AAAAbbbbcccc'],
  ['box2', 'AAAAbbXXXXXX'],
]);
const two: Step[] = [named(run(hold), 'alpha'), create(undefined, 'rest', 'box2')];
const contextOf = (steps: readonly Step[] = two, part: Partial<StepContext> = {}): StepContext =>
  paperContext({ cast: castOf(steps), boxIds: ids, ...part });

describe('spell (contract 0)', () => {
  it('spells by id, by name, and by the shortest prefix that is unique', () => {
    expect(spell(contextOf(), 'box1', undefined, 'rest')).toBe('AAAAbbbbcccc');
    expect(spell(contextOf(), 'box1', 'name', 'rest')).toBe('alpha');
    expect(spell(contextOf(), 'box1', 'prefix', 'rest')).toBe('AAAAbbb');
    const preexisting = new Set(['AAAAbbbbccXX']);
    expect(spell(contextOf(two, { preexisting }), 'box1', 'prefix', 'rest')).toBe('AAAAbbbbccc');
  });

  it('takes no prefix that is a name', () => {
    const steps = [...two, named(create(undefined, 'rest', 'box3'), 'AAAAbbb')];
    expect(spell(contextOf(steps), 'box1', 'prefix', 'rest')).toBe('AAAAbbbb');
  });

  it('takes the id where a box has no name', () => {
    expect(spell(contextOf(), 'box2', 'name', 'url')).toBe('AAAAbbXXXXXX');
  });

  it('passes bogus text through, and makes one up for what was never made', () => {
    expect(spell(contextOf(), '?no/such box%', undefined, 'cli')).toBe('no/such box%');
    expect(spell(contextOf(), 'box9', undefined, 'cli')).toBe('nobody-box9');
  });

  it('tags names where programs may meet', () => {
    expect(realName({ tag: 'bc7' }, 'alpha')).toBe('bc7-alpha');
    expect(spell(contextOf(two, { tag: 'bc7' }), 'box1', 'name', 'rest')).toBe('bc7-alpha');
  });

  it('never finds a box of the same name that another step asked for there', () => {
    const again = [...two, named(create(undefined, 'rest', 'box3'), 'alpha')];
    expect(spell(contextOf(again), 'box1', 'name', 'rest')).toBe('AAAAbbbbcccc');
    expect(spell(contextOf(again), 'box3', 'name', 'rest')).toBe('nobody-box3');
    const elsewhere = [...two, named(create(undefined, 'cli', 'box3'), 'alpha')];
    expect(spell(contextOf(elsewhere), 'box3', 'name', 'rest')).toBe('nobody-box3');
    expect(spell(contextOf(elsewhere), 'box3', 'name', 'cli')).toBe('alpha');
  });
});

describe('routes', () => {
  const route = (context: StepContext, path: Parameters<typeof realText>[1]) =>
    realText({ context, told: undefined }, path, encodeURIComponent);

  it('encode each segment that stands for something', async () => {
    const context = contextOf([named(run(hold), 'a/b 50%?#ü')]);
    expect(await route(context, boxPath({ on: 'box1', by: 'name' }, '/start'))).toBe(
      '/boxes/a%2Fb%2050%25%3F%23%C3%BC/start',
    );
  });

  it('of an execution name its box, and the newest box of the server for a bogus one', async () => {
    const told = contextOf([...two, spawn(hold)], { execIds: new Map([['exec1', 'e-1']]) });
    expect(await route(told, execPath({ exec: 'exec1', by: 'name' }))).toBe('/boxes/alpha/executions/e-1');
    expect(await route(told, execPath({ exec: '?a/b%20c' }))).toBe(
      '/boxes/AAAAbbXXXXXX/executions/a%2Fb%2520c',
    );
    expect(await route(paperContext(), execPath({ exec: '?bogus' }))).toBe('/boxes/nobody/executions/bogus');
  });
});
