import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestProfile, profileFor, profileIds } from '../../model/profile.ts';
import { nextHandle } from '../../model/world.ts';
import { reached } from './fixtures/play.ts';
import { attach, create, exec, print, rm } from './fixtures/steps.ts';

describe('profileFor (contract 10)', () => {
  it('finds every profile by its id, without a warning', () => {
    for (const id of profileIds) expect(profileFor(id)).toMatchObject({ profile: { id } });
    expect(profileIds.filter((id) => profileFor(id).warning)).toEqual([]);
  });

  it.each([
    ['0.10.9', '0.10.8'],
    ['0.10.3', '0.10.0'],
    ['1.0.0', '0.11.0'],
    ['0.9.7', '0.10.0'],
    ['nonsense', '0.11.0'],
  ])('%s is judged as %s, with a warning that names both', (version, id) => {
    const { profile, warning } = profileFor(version);
    expect(profile.id).toBe(id);
    expect(warning).toContain(version);
    expect(warning).toContain(id);
  });

  it('always finds one', () => {
    fc.assert(fc.property(fc.string(), (version) => profileIds.includes(profileFor(version).profile.id)));
  });

  it('programs are drawn for the newest release when no runtime is asked', () => {
    expect(profileFor('99.0.0').profile).toBe(newestProfile);
    expect(profileIds[0]).toBe(newestProfile.id);
  });
});

describe('nextHandle', () => {
  it('counts each kind on its own and never gives one twice', () => {
    const world = reached(
      create(),
      rm(true),
      exec(print(''), 'rest', '?x'),
      attach('att1', '?bogus'),
      create(undefined, 'cli', 'box7'),
    );
    expect([nextHandle(world, 'box'), nextHandle(world, 'exec'), nextHandle(world, 'att')]).toEqual([
      'box8',
      'exec1',
      'att2',
    ]);
  });
});
