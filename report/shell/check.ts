import { fillLine } from '../../commands/work-line.ts';
import { type Bytes, utf8 } from '../../domain/bytes.ts';
import { fillOf } from '../../domain/fill.ts';
import type { BoxExpect, BytesExpect, Expect } from '../../model/expect.ts';
import { sdkRefusal, typeOfCode } from '../../model/match-refusal.ts';
import { type Reason, refusals } from '../../model/reasons.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { ErrorFrame } from '../../model/world.ts';
import { printfFormat, quoteText } from './line.ts';

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
        all(['is done', ...(expect.box ? [`{ [ ! -s "$T/boxes" ] || ${checkBox(expect.box)}; }`] : [])]),
      );
    case 'made':
      return simple('is done');
    case 'batch':
      return simple(checkBatch(expect));
    case 'ended':
      return joined(
        [`ended ${words(expect.codes)}`],
        [
          checkBytes(expect.out, '"$T/out"', `${name}.out`),
          checkBytes(expect.err, '"$T/err"', `${name}.err`),
        ],
      );
    case 'box':
      return simple(all(['is box', checkBox(expect.box)]));
    case 'boxes':
      return simple(checkList(expect));
    case 'execution':
      return simple(`execution_is ${expect.status} ${words(expect.codes ?? [])}`.trim());
    case 'attached':
      return simple('is attached');
    case 'stream':
      return checkStream(expect, name);
    case 'bytes':
      if (expect.data === null) return simple('is bytes && [ ! -e "$T/got" ]');
      return joined(['is bytes', '[ -e "$T/got" ]'], [checkBytes(expect.data, '"$T/got"', name)]);
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

const checkBox = (box: BoxExpect): string => all([`listed ${listedWords(box)}`, ...shownWords(box)]);

const shownWords = ({ handle, shows }: BoxExpect): string[] =>
  shows
    ? [
        `shows "$${handle}" ${Object.entries(shows)
          .map((pair) => pair.join('='))
          .join(' ')}`,
      ]
    : [];

/** The id, the name and the allowed states, as the helpers take them. */
const listedWords = ({ handle, name, states }: BoxExpect): string =>
  [`"$${handle}"`, name === null ? 'null' : quoteText(`"${jsonInside(name)}`), ...states.map(stateWord)].join(
    ' ',
  );

const stateWord = ({ status, code }: BoxExpect['states'][number]): string => `${status}:${code ?? '-'}`;

/** A text as the helper `json` prints it: one line, without a `=`. */
const jsonInside = (text: string): string =>
  text.replaceAll(/[\\=\0-\x1f]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

function checkBatch({ each }: Extract<Expect, { is: 'batch' }>): string {
  const words = each.map(({ ok }) => (ok ? ' ok' : ' no')).join('');
  return `is batch && [ "$EACH" = '${words}' ] && [ "$CODE" = ${each.every(({ ok }) => ok) ? 0 : 1} ]`;
}

function checkList(expect: Extract<Expect, { is: 'boxes' }>): string {
  const shown = [...expect.boxes, ...expect.optional];
  return all([
    'is boxes',
    ...expect.boxes.map(checkBox),
    ...expect.optional.map((box) => `if_listed ${listedWords(box)}`),
    ['listed_only', ...shown.map(({ handle }) => `"$${handle}"`)].join(' '),
    'newest_first',
  ]);
}

function checkStream(expect: Extract<Expect, { is: 'stream' }>, name: string): Check {
  const { end } = expect;
  const ending =
    end === 'open'
      ? 'attach_open'
      : `attach_ended ${end.exitFrame} ${end.closeCode ?? 'any'} ${end.codes.join(' ')}`.trim();
  const owed = expect.errors.map(
    (error) => `${isOptional(error) ? 'may' : 'must'}\t${error.code ?? ''}\t${error.text}\n`,
  );
  const file = `"$T/owed.${name}"`;
  return joined(
    [ending, `errors_are ${file}`],
    [
      { prepare: [writeBytes(utf8(owed.join('')), file)], condition: ':' },
      checkBytes(expect.out, '"$T/out"', `${name}.out`),
      checkBytes(expect.err, '"$T/err"', `${name}.err`),
    ],
  );
}

const isOptional = (error: ErrorFrame): boolean => 'optional' in error && error.optional === true;

/** Each surface's form of the refusal; the step decides which one `KIND` says it is. */
function checkRefusal(reason: Reason): string {
  const refusal: Refusal = refusals[reason];
  const { cli, rest } = refusal;
  const { kinds, any } = sdkRefusal(refusal, 'local-sdk');
  const forms: string[] = [];
  if (cli)
    forms.push(
      all([`refused_cli ${cli.exit}`, ...(cli.all ?? []).map(says), anyOf((cli.any ?? []).map(says))]),
    );
  if (rest) {
    const answers = rest.answers.map(([status, code]) =>
      `refused_rest ${status} ${code} ${typeOfCode[code] ?? ''}`.trimEnd(),
    );
    forms.push(all([anyOf(answers), anyOf((rest.any ?? []).map(says))]));
  }
  if (kinds.length > 0) forms.push(all([`refused_sdk ${kinds.join(' ')}`, anyOf((any ?? []).map(says))]));
  return forms.map((form) => `{ ${form}; }`).join(' || ');
}

const says = (text: string): string => `says ${quoteText(text.toLowerCase())}`;

function anyOf(conditions: readonly string[]): string {
  if (conditions.length === 0) return ':';
  return conditions.length === 1 ? (conditions[0] as string) : `{ ${conditions.join(' || ')}; }`;
}

/** Longest byte string a script carries in itself; the pattern of `flood` needs no carrying. */
const LONGEST = 100_000;

/** Shell lines to run first, and a condition that holds when the bytes in `file` are allowed. */
export interface Check {
  prepare: string[];
  condition: string;
}

/** A check of the bytes in a file. `name` is a file name for what is wanted, used by nothing else. */
function checkBytes(expect: BytesExpect, file: string, name: string): Check {
  const wanted = `"$T/want.${name}"`;
  if ('exactly' in expect) return against(expect.exactly, wanted, `same ${file} ${wanted}`);
  if ('prefixOf' in expect) return against(expect.prefixOf, wanted, `is_prefix ${file} ${wanted}`);
  if ('suffixOf' in expect) {
    const least = Math.min(expect.atLeast, expect.suffixOf.length);
    return against(expect.suffixOf, wanted, `is_suffix ${file} ${wanted} ${least}`);
  }
  if ('contains' in expect) return holdsAll(expect.contains, file, name);
  if ('mounts' in expect) return { prepare: [], condition: checkMounts(expect, file) };
  if ('between' in expect)
    return simple(`between ${file} ${expect.between.map((range) => range.join(':')).join(' ')}`);
  if ('bits' in expect) return simple(checkBits(expect.bits, file));
  if ('variables' in expect) return holdsVariables(expect.variables, file, wanted);
  if ('numbers' in expect) return simple(checkNumbers(expect.numbers, file));
  if ('metrics' in expect) return simple(`has_metrics ${file} ${expect.metrics.map(quoteText).join(' ')}`);
  if ('atMostLines' in expect) return simple(`[ "$(wc -l <${file})" -le ${expect.atMostLines} ]`);
  return { prepare: [], condition: ':' };
}

const checkBits = (
  { set, clear }: { readonly set: readonly number[]; readonly clear: readonly number[] },
  file: string,
): string =>
  all([`has_bits ${file}`, ...set.map((bit) => `bit ${bit}`), ...clear.map((bit) => `! bit ${bit}`)]);

/** One variable a line, its own newlines as the helper writes them. */
function holdsVariables(variables: Readonly<Record<Bytes, Bytes>>, file: string, wanted: string): Check {
  const lines = Object.entries(variables).map((pair) => pair.join('=').replaceAll('\n', '\x01'));
  const bytes = lines.map((one) => `${one}\n`).join('');
  return { prepare: [writeBytes(bytes, wanted)], condition: `has_variables ${file} ${wanted}` };
}

const checkNumbers = (wanted: Extract<BytesExpect, { numbers: unknown }>['numbers'], file: string): string =>
  `has_numbers ${file} ${Object.entries(wanted)
    .map(([name, [least, most]]) => `${name}:${least}:${most ?? ''}`)
    .join(' ')}`;

/** Conditions that must all hold. */
const all = (conditions: readonly string[]): string =>
  conditions.filter((condition) => condition !== ':').join(' && ') || ':';

/** Lines that write bytes into a file. */
export function writeBytes(bytes: Bytes, file: string): string {
  if (bytes === '') return `: >${file}`;
  const fill = fillOf(bytes);
  if (fill) return `${fillLine(fill)} >${file}`;
  return `printf ${printfFormat(bytes)} >${file}`;
}

const against = (bytes: Bytes, file: string, condition: string): Check =>
  bytes.length > LONGEST && fillOf(bytes) === null
    ? { prepare: [`unseen 'the ${bytes.length} bytes that are too long for it'`], condition: ':' }
    : { prepare: [writeBytes(bytes, file)], condition };

function holdsAll(parts: readonly Bytes[], file: string, name: string): Check {
  const wanted = parts.filter((part) => part !== '');
  const place = (i: number): string => `"$T/want.${name}.${i}"`;
  return {
    prepare: wanted.map((part, i) => writeBytes(part, place(i))),
    condition: all(wanted.map((_, i) => `holds ${file} ${place(i)}`)),
  };
}

function checkMounts(expect: Extract<BytesExpect, { mounts: unknown }>, file: string): string {
  const shown = expect.mounts.map(({ at, mode }) => `mounted ${file} ${quoteText(at)} ${mode}`);
  const hidden = expect.hidden.map((at) => `! mounted ${file} ${quoteText(at)}`);
  return all([...shown, ...hidden]);
}
