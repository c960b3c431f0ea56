import { expect, test } from 'vitest';
import { conclusion } from '../../../bin/repro/run.ts';
import type { History } from '../../../program/history.ts';
import { signatureOf } from '../../../verdict/signature.ts';
import { failure, history } from '../../report/fixtures/records.ts';

const passed: History = { ...history, ending: { is: 'passed' } };
const other: History = {
  ...history,
  ending: { is: 'failed', failure: { ...failure, situation: 'job/stopped' } },
};
const broken: History = { ...history, ending: { is: 'infrastructure', why: 'lost' } };
const signature = signatureOf(failure).key;

test('only the failure the counterexample is about reproduces it', () => {
  expect(conclusion({ signature }, [history, passed])).toBe('REPRODUCED, failed in 1 of 2');
  expect(conclusion({ signature }, [other])).toBe(
    'not reproduced, failed in 0 of 1; 1 failed in another way',
  );
});

test('for a program file any failure does', () => {
  expect(conclusion({ signature: null }, [other, passed])).toBe('FAILED, failed in 1 of 2');
  expect(conclusion({ signature: null }, [passed, passed])).toBe('passed, failed in 0 of 2');
});

test('a program without steps, or one that was cut short, has not passed and is not called gone', () => {
  const empty = { ...passed, program: { ...passed.program, steps: [] }, events: [] };
  expect(conclusion({ signature: null }, [empty])).toBe(
    'NOT JUDGED, failed in 0 of 1; 1 not judged as a whole',
  );
  expect(conclusion({ signature }, [{ ...passed, cutShort: 1 }, passed])).toBe(
    'NOT JUDGED, failed in 0 of 2; 1 not judged as a whole',
  );
});

test('runs that the machine spoilt are told apart, known divergences named', () => {
  expect(conclusion({ signature }, [broken, { ...passed, known: { k1: 2 } }])).toBe(
    'not reproduced, failed in 0 of 1; 1 spoilt by the machine; known divergences shown: k1',
  );
});
