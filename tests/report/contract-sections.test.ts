import { describe, expect, it } from 'vitest';
import { verbs } from '../../commands/index.ts';
import type { Failure } from '../../program/failure.ts';
import { oracles } from '../../program/oracles.ts';
import type { Step } from '../../program/step.ts';
import {
  contractSections,
  promisesOf,
  sectionOfReason,
  sectionOfWork,
} from '../../report/contract-sections.ts';
import { failure } from './fixtures/records.ts';

const numbersOf = (broken: Failure): string[] => promisesOf(broken).map(({ number }) => number);
const unexpected = (step: Step, parts: Partial<Extract<Failure, { kind: 'unexpected' }>>): Failure => ({
  kind: 'unexpected',
  at: 0,
  step,
  allowed: [],
  seen: { is: 'done' },
  differences: [],
  situation: 'job/running',
  ...parts,
});
const remove: Step = { op: 'rm', via: 'rest', on: ['box1'], force: false };

it('names sections that the contract has, everywhere', () => {
  const all = [
    ...Object.values(verbs).flatMap(({ contract: { cli, rest } }) => [...cli, ...(rest ?? [])]),
    ...Object.values(oracles).flatMap((oracle) => oracle.sections),
    ...Object.values(sectionOfReason),
    ...Object.values(sectionOfWork),
  ];
  expect(all.filter((number) => !contractSections().has(number ?? ''))).toEqual([]);
});

describe('the promises a failure breaks', () => {
  it('are about the bytes where a stream differs', () => {
    expect(numbersOf(failure)).toEqual(['8.9', '2.4']);
  });

  it('are about exit codes where a code of the CLI differs', () => {
    const { step, allowed } = failure as Extract<Failure, { kind: 'unexpected' }>;
    const seen = { is: 'ended', code: 0, out: 'a<b>&"c"\n', err: '' } as const;
    expect(numbersOf(unexpected(step, { allowed, seen }))).toEqual(['1.1', '2.4']);
  });

  it('are about the rule behind a refusal that was due', () => {
    const allowed = [{ label: 'still-running', expect: { is: 'refused', reason: 'still-running' } }] as const;
    expect(numbersOf(unexpected(remove, { allowed }))).toEqual(['2.6', '4.3']);
  });

  it('are about the kind of answer where it is none', () => {
    const seen = { is: 'broken', how: '5xx', text: 'oops', status: 500 } as const;
    expect(numbersOf(unexpected(remove, { seen }))).toEqual(['8.1', '4.3']);
    expect(numbersOf(unexpected(remove, { seen: { ...seen, how: 'untyped' } }))).toEqual(['8.2', '4.3']);
  });

  it('are those of an oracle where one speaks', () => {
    const leak: Failure = {
      kind: 'oracle',
      oracle: 'leak',
      at: 1,
      step: null,
      detail: 'x',
      situation: 'after',
    };
    expect(numbersOf(leak)).toEqual(['8.5']);
  });
});
