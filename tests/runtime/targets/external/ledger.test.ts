import { describe, expect, test } from 'vitest';
import {
  isOurs,
  newLedger,
  noteCli,
  noteRest,
  noteSdk,
} from '../../../../runtime/targets/external/ledger.ts';
import { cliAnswer, restAnswer, restBox } from '../../fixtures/cli-answer.ts';

const id = 'Ab0123456789';
const fresh = () => newLedger({ local: new Set(['Theirs000000']), server: new Set() });

describe('the ledger', () => {
  test('takes ids from run -d, create, the notice of a foreground run, and POST boxes', () => {
    const ledger = fresh();
    noteCli(ledger, 'local', cliAnswer({ args: ['run', '-d', 'x'], out: `${id}\n` }));
    noteCli(
      ledger,
      'server',
      cliAnswer({ args: ['run', 'x'], out: 'hello', err: `[boxlite] Auto-stopping: id=${id}, pid=1` }),
    );
    expect([
      isOurs(ledger, 'local', { id, name: null }),
      isOurs(ledger, 'server', { id, name: null }),
    ]).toEqual([true, true]);
    const rest = fresh();
    noteRest(
      rest,
      restAnswer({ method: 'POST', path: '/v1/boxes', status: 201, body: JSON.stringify(restBox()) }),
    );
    expect(isOurs(rest, 'server', { id, name: null })).toBe(true);
  });

  test.each([
    '/v1/boxes/',
    `/v1/boxes/${id}/clone`,
    '/v1/boxes/import',
    '/v1/boxes/import?name=a%2Fb',
  ])('takes the id from POST %s as well', (path) => {
    const ledger = fresh();
    noteRest(ledger, restAnswer({ method: 'POST', path, status: 201, body: JSON.stringify(restBox()) }));
    expect(isOurs(ledger, 'server', { id, name: null })).toBe(true);
  });

  test('takes the id from the create of an SDK', () => {
    const ledger = fresh();
    noteSdk(
      ledger,
      { method: 'create' },
      { error: { kind: 'InvalidArgumentError', code: null, message: '' } },
    );
    noteSdk(ledger, { method: 'spawn' }, { ok: { id } });
    expect(isOurs(ledger, 'server', { id, name: null })).toBe(false);
    noteSdk(ledger, { method: 'create' }, { ok: { id } });
    expect(isOurs(ledger, 'server', { id, name: null })).toBe(true);
  });

  test('takes a name only where no id was told and the name was free', () => {
    const ledger = fresh();
    noteCli(ledger, 'local', cliAnswer({ args: ['run', '--name', 'ours', 'x'], exit: null, timedOut: true }));
    noteCli(
      ledger,
      'local',
      cliAnswer({ args: ['run', '--name=theirs', 'x'], exit: 1, err: 'Error: already exists' }),
    );
    expect(isOurs(ledger, 'local', { id, name: 'ours' })).toBe(true);
    expect(isOurs(ledger, 'local', { id, name: 'theirs' })).toBe(false);
  });

  test('a box that was there before is never ours, whatever its name', () => {
    const ledger = fresh();
    noteCli(ledger, 'local', cliAnswer({ args: ['run', '--name', 'n', 'x'], exit: 1 }));
    expect(isOurs(ledger, 'local', { id: 'Theirs000000', name: 'n' })).toBe(false);
  });

  test('other verbs and refusals make nothing', () => {
    const ledger = fresh();
    noteCli(ledger, 'local', cliAnswer({ args: ['list', '-q'], out: `${id}\n` }));
    noteRest(ledger, restAnswer({ method: 'GET', path: '/v1/boxes', body: JSON.stringify(restBox()) }));
    expect(isOurs(ledger, 'local', { id, name: null }) || isOurs(ledger, 'server', { id, name: null })).toBe(
      false,
    );
  });
});
