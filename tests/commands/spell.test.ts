import { describe, expect, it } from 'vitest';
import { boxPath, execPath, realName, spell } from '../../commands/spell.ts';
import type { World } from '../../model/world.ts';
import { onward, reached } from '../model/fixtures/play.ts';
import { create, hold, named, rm, run, spawn } from '../model/fixtures/steps.ts';
import { paperHands } from './fixtures/hands.ts';

const ids = new Map([
  ['box1', 'AAAAbbbbcccc'],
  ['box2', 'AAAAbbXXXXXX'],
]);
const two: World = reached(named(run(hold), 'alpha'), create(undefined, 'rest', 'box2'));
const stepContext = (world: World = two, part = {}) => paperHands({ world, boxIds: ids, ...part });

describe('spell (contract 0)', () => {
  it('spells by id, by name, and by the shortest prefix that is unique', () => {
    expect(spell(stepContext(), 'box1', undefined, 'rest')).toBe('AAAAbbbbcccc');
    expect(spell(stepContext(), 'box1', 'name', 'rest')).toBe('alpha');
    expect(spell(stepContext(), 'box1', 'prefix', 'rest')).toBe('AAAAbbb');
    expect(
      spell(stepContext(two, { preexisting: new Set(['AAAAbbbbccXX']) }), 'box1', 'prefix', 'rest'),
    ).toBe('AAAAbbbbccc');
  });

  it('takes no prefix that is a name', () => {
    const world = onward(two, named(create(undefined, 'rest', 'box3'), 'AAAAbbb'));
    expect(spell(stepContext(world), 'box1', 'prefix', 'rest')).toBe('AAAAbbbb');
  });

  it('takes the id where a box has no name', () => {
    expect(spell(stepContext(), 'box2', 'name', 'url')).toBe('AAAAbbXXXXXX');
  });

  it('passes bogus text through, and makes one up for what was never made', () => {
    expect(spell(stepContext(), '?no/such box%', undefined, 'cli')).toBe('no/such box%');
    expect(spell(stepContext(), 'box9', undefined, 'cli')).toBe('nobody-box9');
  });

  it('tags names where programs may meet', () => {
    expect(realName(paperHands({ tag: 'bc7' }), 'alpha')).toBe('bc7-alpha');
    expect(spell(stepContext(two, { tag: 'bc7' }), 'box1', 'name', 'rest')).toBe('bc7-alpha');
  });

  it('never finds another box by a name: refused, freed, or of the other home', () => {
    const refused = onward(two, named(create(undefined, 'rest', 'box3'), 'alpha'));
    expect(spell(stepContext(refused), 'box3', undefined, 'rest')).toBe('nobody-box3');
    const freed = onward(two, rm(true), named(create(undefined, 'rest', 'box3'), 'alpha'));
    expect(spell(stepContext(freed), 'box1', 'name', 'rest')).toBe('AAAAbbbbcccc');
    const elsewhere = onward(two, named(create(undefined, 'cli', 'box3'), 'alpha'));
    expect(spell(stepContext(elsewhere), 'box3', 'name', 'rest')).toBe('elsewhere-box3');
    expect(spell(stepContext(elsewhere), 'box3', 'name', 'cli')).toBe('alpha');
  });

  it('a freed name is still a way to ask for what is gone', () => {
    expect(spell(stepContext(onward(two, rm(true))), 'box1', 'name', 'rest')).toBe('alpha');
  });
});

describe('routes', () => {
  it('encode each segment', () => {
    const world = reached(named(run(hold), 'a/b 50%?#ü'));
    expect(boxPath(stepContext(world), 'box1', 'name')).toBe('/v1/boxes/a%2Fb%2050%25%3F%23%C3%BC');
  });

  it('of an execution name its box, and a real box for a bogus one', () => {
    const world = onward(two, spawn(hold));
    const told = stepContext(world, { execIds: new Map([['exec1', 'e-1']]) });
    expect(execPath(told, 'exec1', 'name')).toBe('/v1/boxes/alpha/executions/e-1');
    expect(execPath(told, '?a/b%20c')).toBe('/v1/boxes/AAAAbbbbcccc/executions/a%2Fb%2520c');
    expect(execPath(paperHands(), '?bogus')).toBe('/v1/boxes/nobody/executions/bogus');
  });
});
