import type { BoxExpect, Expect } from '../../model/expect.ts';
import { type Reason, type Refusal, refusals } from '../../model/reasons.ts';
import type { ErrorFrame } from '../../model/world.ts';
import { all, type Check, checkBytes } from './check-bytes.ts';
import { quoteText } from './line.ts';

/** A condition for the answer of the step that has just been done: it is one of the allowed ones. */
export function checkAny(allowed: readonly { expect: Expect }[], name: string): Check {
  const checks = allowed.map(({ expect }, i) => checkOne(expect, `${name}.${i}`));
  return {
    prepare: checks.flatMap((check) => check.prepare),
    condition:
      checks
        .map((check) => (checks.length > 1 ? `{ ${check.condition}; }` : check.condition))
        .join(' ||\n    ') || ':',
  };
}

function checkOne(expect: Expect, name: string): Check {
  switch (expect.is) {
    case 'done':
      return simple(
        all([
          'is_done',
          ...(expect.box ? [checkState(expect.box)].map((c) => `{ [ "$KIND" = cli ] || ${c}; }`) : []),
        ]),
      );
    case 'made':
      return simple('is_done');
    case 'batch':
      return simple(`[ "$CODE" = ${expect.each.every((one) => one.ok) ? 0 : 1} ]`);
    case 'ended':
      return joined(
        [`ended ${words(expect.codes)}`],
        [
          checkBytes(expect.out, '"$T/out"', `${name}.out`),
          checkBytes(expect.err, '"$T/err"', `${name}.err`),
        ],
      );
    case 'box':
      return simple(all(['is_done', checkState(expect.box)]));
    case 'boxes':
      return simple(checkList(expect));
    case 'execution':
      return simple(`execution_is ${expect.status} ${words(expect.codes ?? [])}`.trim());
    case 'attached':
      return simple('[ "$STATUS" = 101 ]');
    case 'stream':
      return checkStream(expect, name);
    case 'bytes':
      if (expect.data === null) return simple('[ ! -e "$T/got" ]');
      return joined(['[ -e "$T/got" ]'], [checkBytes(expect.data, '"$T/got"', name)]);
    case 'refused':
      return simple(checkRefusal(expect.reason));
  }
}

const simple = (condition: string): Check => ({ prepare: [], condition });

const joined = (conditions: readonly string[], checks: readonly Check[]): Check => ({
  prepare: checks.flatMap((check) => check.prepare),
  condition: all([...conditions, ...checks.map((check) => check.condition)]),
});

const words = (codes: readonly number[] | 'nonzero'): string =>
  codes === 'nonzero' ? codes : codes.join(' ');

const checkState = (box: BoxExpect): string =>
  `box_is ${box.states.map(({ status, code }) => `${status}:${code ?? '-'}`).join(' ')}`;

function checkList(expect: Extract<Expect, { is: 'boxes' }>): string {
  const must = expect.boxes.map((box) => `listed "$${box.handle}" ${states(box)}`);
  const only = [...expect.boxes, ...expect.optional].map((box) => `"$${box.handle}"`);
  return all(['is_done', ...must, `listed_only ${only.join(' ')}`.trim()]);
}

const states = (box: BoxExpect): string => box.states.map(({ status }) => status).join(' ');

function checkStream(expect: Extract<Expect, { is: 'stream' }>, name: string): Check {
  const { end } = expect;
  const ending =
    end === 'open'
      ? 'attach_open'
      : `attach_ended ${end.exitFrame} ${end.closeCode ?? 'any'} ${end.codes.join(' ')}`.trim();
  const errors = expect.errors
    .filter((error) => !isOptional(error))
    .map((error) => `holds "$T/errors" ${quoteText(error.text)}`);
  return joined(
    [ending, ...errors],
    [checkBytes(expect.out, '"$T/out"', `${name}.out`), checkBytes(expect.err, '"$T/err"', `${name}.err`)],
  );
}

const isOptional = (error: ErrorFrame): boolean => 'optional' in error && error.optional === true;

/** Either surface's form of the refusal; the step decides which one `KIND` says it is. */
function checkRefusal(reason: Reason): string {
  const { cli, rest }: Refusal = refusals[reason];
  const forms: string[] = [];
  if (cli)
    forms.push(
      all([`refused_cli ${cli.exit}`, ...(cli.all ?? []).map(says), anyOf((cli.any ?? []).map(says))]),
    );
  if (rest) {
    const answers = rest.answers.map(([status, code]) => `refused_rest ${status} ${code}`);
    forms.push(all([anyOf(answers), anyOf((rest.any ?? []).map(says))]));
  }
  return forms.map((form) => `{ ${form}; }`).join(' || ');
}

const says = (text: string): string => `says ${quoteText(text.toLowerCase())}`;

function anyOf(conditions: readonly string[]): string {
  if (conditions.length === 0) return ':';
  return conditions.length === 1 ? (conditions[0] as string) : `{ ${conditions.join(' || ')}; }`;
}
