import { expect, test } from 'vitest';
import type { Planned } from '../../../bin/smoke/plan.ts';
import { runsOf } from '../../../bin/smoke/runs.ts';
import { failure, program } from '../../report/fixtures/records.ts';
import { type Answer, toyEngine } from '../fixtures.ts';

const plain: Planned = { name: 'p', group: 'pinned', program };
const marked: Planned = { name: 'k', group: 'found', program, mark: { id: 'k1', always: true } };
const sharing: Planned = { ...plain, name: 'k + p', parts: [marked, plain] };
const hit: Answer = { known: { k1: 1 } };
const failed: Answer = { ending: { is: 'failed', failure } };
const broken: Answer = { ending: { is: 'infrastructure', why: 'ssh lost' } };

test.each<[string, Answer[], string[]]>([
  ['tell all', [hit], ['k passed', 'p passed']],
  ['do not show a mark: it is looked for alone', [{}, hit], ['p passed', 'k passed']],
  ['fail, and one of them alone', [failed, failed, {}], ['k failed', 'p passed']],
  ['fail, and none of them alone', [failed, hit, {}], ['k passed', 'p passed', 'k + p failed']],
  ['break the machine', [broken], ['k + p infrastructure']],
])('programs that share a box and %s', async (_, answers, lines) => {
  const ran = await runsOf(toyEngine(answers), sharing, new AbortController().signal);
  expect(ran.map(({ planned, history }) => `${planned.name} ${history.ending.is}`)).toEqual(lines);
});
