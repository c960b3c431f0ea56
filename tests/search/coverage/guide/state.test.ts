import { expect, test } from 'vitest';
import { stateOf } from '../../../../search/coverage/guide/state.ts';

test.each([
  ['job/running', 'running'],
  ['sandbox/primed+client', 'primed'],
  ['exec/running+client@ending', 'ending'],
  ['att/open-ro:exec/completed@stopped', 'stopped'],
  ['att/open:main@removed', 'removed'],
  ['att/ended:exec/gone', 'gone'],
  ['exec/never-made', 'never-made'],
  ['job:print+dir', 'new'],
  ['sandbox+taken-name', 'new+taken-name'],
  ['other-home', 'other-home'],
])('of %s is %s', (situation, state) => {
  expect(stateOf(situation)).toBe(state);
});
