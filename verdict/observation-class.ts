import type { BoxObservation, Observation, StreamObservation } from '../domain/observation.ts';
import type { BoxExpect, BytesExpect, Expect } from '../model/expect.ts';
import { codeFits, newestFirst, shownDifferences } from '../model/match.ts';
import { bytesDifference } from '../model/match-bytes.ts';
import { shapeOfText } from './normalise.ts';

/** What does not fit, aspect by aspect, in words that do not depend on the program. */
type Aspects = readonly (readonly [aspect: string, what: string])[];

const OK = 'ok';

/**
 * The class of an observation: what kind of answer it is and in which respects it differs from the nearest
 * allowed one. Two observations of one class are the same complaint.
 */
export function classOfObservation(allowed: readonly { expect: Expect }[], seen: Observation): string {
  const same = allowed.map(({ expect }) => expect).filter((expect) => expect.is === seen.is);
  const tries = (same.length > 0 ? same : [null]).map((expect) => wrongIn(aspectsOf(expect, seen)));
  const nearest = tries.reduce((best, next) => (next.length < best.length ? next : best));
  return [headOf(seen), ...nearest.map(([aspect, what]) => `${aspect}=${what}`)].join(' ');
}

const wrongIn = (aspects: Aspects): Aspects => aspects.filter(([, what]) => what !== OK);

function headOf(seen: Observation): string {
  if (seen.is === 'refused') {
    const { exit, status, type, code, kind } = seen;
    const answer = [exit === undefined ? null : `exit ${exit}`, status, type, code, kind];
    return `refused ${answer.filter((part) => part !== null && part !== undefined).join(' ')} "${shapeOfText(seen.text)}"`;
  }
  if (seen.is !== 'broken') return seen.is;
  const text = seen.how === 'hang' ? '' : ` "${shapeOfText(seen.text)}"`;
  return `broken ${seen.how}${seen.status ? ` ${seen.status}` : ''}${text}`;
}

function aspectsOf(expect: Expect | null, seen: Observation): Aspects {
  switch (seen.is) {
    case 'ended':
      return expect?.is === 'ended'
        ? [
            ['code', codeWord(expect.codes, seen.code)],
            ['out', bytesWord(expect.out, seen.out)],
            ['err', bytesWord(expect.err, seen.err)],
          ]
        : [['code', codeWord([], seen.code)]];
    case 'execution': {
      const status =
        expect?.is === 'execution' && (expect.status === 'running') === (seen.status === 'running');
      const codes = expect?.is === 'execution' ? expect.codes : undefined;
      return [
        ['status', status ? OK : seen.status],
        ['code', codes ? codeWord(codes, seen.code ?? null) : OK],
      ];
    }
    case 'stream':
      return expect?.is === 'stream' ? streamAspects(expect, seen) : [];
    case 'box':
      return expect?.is === 'box' ? boxAspects(expect.box, seen.box) : [['status', seen.box.status]];
    case 'done':
      return expect?.is === 'done' && expect.box && seen.box ? boxAspects(expect.box, seen.box) : [];
    case 'boxes':
      return expect?.is === 'boxes' ? [['listed', listWord(expect, seen.boxes)]] : [];
    case 'bytes':
      return [['data', fileWord(expect?.is === 'bytes' ? expect.data : null, seen.data)]];
    case 'batch':
      return expect?.is === 'batch' ? batchAspects(expect, seen) : [];
    default:
      return [];
  }
}

function codeWord(allowed: readonly number[] | 'nonzero', code: number | null): string {
  if (code === null) return 'none';
  if (allowed === 'nonzero' ? code !== 0 : allowed.includes(code)) return OK;
  if (code === 0 || code === 1 || code === 126 || code === 127) return String(code);
  return code > 128 || code < 0 ? 'signal' : 'other';
}

function bytesWord(expect: BytesExpect, seen: string): string {
  const difference = bytesDifference('it', expect, seen);
  if (difference === null) return OK;
  if ('mounts' in expect) return `(${shapeOfText(difference)})`;
  if (seen === '') return 'empty';
  if (!('exactly' in expect)) return 'contains' in expect ? 'lacks' : 'other';
  const truth = expect.exactly;
  if (truth === '') return 'unwanted';
  if (truth.startsWith(seen)) return 'cut';
  if (truth.endsWith(seen)) return 'head-lost';
  return repeats(truth, seen) ? 'repeated' : seen.includes(truth) ? 'more' : 'other';
}

/** `seen` is more than the truth: what is equal to it is not asked about. */
const repeats = (truth: string, seen: string): boolean =>
  seen.startsWith(truth) && truth.startsWith(seen.slice(truth.length).slice(0, truth.length));

function streamAspects(expect: Extract<Expect, { is: 'stream' }>, seen: StreamObservation): Aspects {
  const { end } = expect;
  return [
    ['out', bytesWord(expect.out, seen.out)],
    ['err', bytesWord(expect.err, seen.err)],
    [
      'errors',
      seen.errors.length === expect.errors.length
        ? OK
        : seen.errors.length < expect.errors.length
          ? 'fewer'
          : 'more',
    ],
    ['exit', exitFrameWord(end, seen.exit)],
    ['closed', closeWord(end, seen.closed)],
  ];
}

function exitFrameWord(end: Extract<Expect, { is: 'stream' }>['end'], exit: number | undefined): string {
  if (end === 'open') return exit === undefined ? OK : 'early';
  if (exit === undefined) return end.exitFrame === 'must' ? 'missing' : OK;
  if (end.exitFrame === 'never') return 'unwanted';
  return end.codes.length === 0 ? OK : codeWord(end.codes, exit);
}

function closeWord(
  end: Extract<Expect, { is: 'stream' }>['end'],
  closed: StreamObservation['closed'],
): string {
  if (end === 'open') return closed ? 'early' : OK;
  if (!closed) return 'not';
  return end.closeCode === undefined || closed.code === end.closeCode ? OK : String(closed.code);
}

function boxAspects(expect: BoxExpect, seen: BoxObservation): Aspects {
  const states = expect.states.filter(({ status }) => status === seen.status);
  const code = seen.exitCode ?? (seen.zeroCode ? 0 : null);
  const fits = states.some((state) => codeFits(state.code, seen));
  return [
    ['status', states.length > 0 ? OK : seen.status],
    ['code', states.length === 0 || fits ? OK : codeWord([], code)],
    ['shown', shownDifferences(expect, seen).length === 0 ? OK : 'other'],
    ['name', (expect.name === null) === (seen.name === null) ? OK : seen.name === null ? 'lost' : 'unwanted'],
  ];
}

function listWord(expect: Extract<Expect, { is: 'boxes' }>, seen: readonly BoxObservation[]): string {
  const { boxes, optional } = expect;
  if (seen.length < boxes.length) return 'fewer';
  if (seen.length > boxes.length + optional.length) return 'more';
  const words = new Set([...boxes, ...optional].flatMap((box) => box.states.map(({ status }) => status)));
  const strange = new Set(seen.map(({ status }) => status).filter((status) => !words.has(status)));
  if (strange.size > 0) return [...strange].sort().join('+');
  return newestFirst(seen) ? 'other' : 'order';
}

function fileWord(expect: BytesExpect | null, seen: string | null): string {
  if (seen === null) return expect === null ? OK : 'missing';
  return expect === null ? 'unwanted' : bytesWord(expect, seen);
}

function batchAspects(
  expect: Extract<Expect, { is: 'batch' }>,
  seen: Extract<Observation, { is: 'batch' }>,
): Aspects {
  const wrong = expect.each.flatMap(({ ok }, i) =>
    seen.each[i]?.ok === ok ? [] : [ok ? 'failed' : 'succeeded'],
  );
  const exit = expect.each.every(({ ok }) => ok) ? 0 : 1;
  return [
    ['targets', wrong.length > 0 ? [...new Set(wrong)].sort().join('+') : OK],
    ['exit', seen.exit === exit ? OK : String(seen.exit)],
  ];
}
