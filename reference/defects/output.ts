import { isUtf8 } from 'node:buffer';
import type { ProcessEvent } from '../vm/port.ts';
import { defect } from './switch.ts';

/** What one stream has passed so far. */
interface Passed {
  out: number;
  err: number;
  /** A fast command's output may be lost as a whole; drawn once. */
  lost: boolean;
}

const passed = new WeakMap<object, Passed>();
const cutBytes = 64 * 1024;
let before: Buffer | null = null;

/**
 * What becomes of an event of a process on its way to whoever reads it. `stream` tells streams apart, `main`
 * whether it is a main command's.
 */
export function spoiled(stream: object, main: boolean, event: ProcessEvent): ProcessEvent[] {
  if (event.kind === 'exit') return [{ kind: 'exit', code: main ? event.code : spoiledCode(event.code) }];
  const state = stateOf(stream, main);
  const kind = event.kind === 'err' && defect('streams-mixed') ? 'out' : event.kind;
  if (isLost(state, kind, main)) return [];
  const data = cut(state, kind, spoiledBytes(event.data));
  if (data.length === 0) return [];
  const told: ProcessEvent = { kind, data };
  return defect('output-repeated') ? [told, told] : [told];
}

function stateOf(stream: object, main: boolean): Passed {
  const known = passed.get(stream);
  if (known) return known;
  const state = { out: 0, err: 0, lost: !main && defect('sometimes-exec-output-lost') };
  passed.set(stream, state);
  return state;
}

function isLost(state: Passed, kind: 'out' | 'err', main: boolean): boolean {
  if (kind === 'err') return defect('stderr-lost');
  return state.lost || defect(main ? 'run-output-lost' : 'exec-output-lost');
}

function spoiledBytes(given: Buffer): Buffer {
  let data = given;
  // What a defect needs comes before its switch: where sites are noted, only those that could tell are.
  if (defect('last-byte-lost')) data = data.subarray(0, -1);
  if (isCutText(data) && defect('cut-characters-replaced')) data = Buffer.from(data.toString('utf8'));
  if (!isUtf8(data) && defect('high-bytes-replaced')) data = Buffer.from(data.toString('utf8'));
  if (data.includes(0) && defect('nul-bytes-dropped')) data = data.filter((byte) => byte !== 0) as Buffer;
  if (data.includes('\n') && defect('newlines-translated'))
    data = Buffer.from(data.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  if (defect('output-of-another')) {
    const other = before;
    before = data;
    data = other ? Buffer.concat([other, data]) : data;
  }
  return data;
}

/** A piece of a text with a part of a character at its beginning or end. */
const isCutText = (data: Buffer): boolean =>
  data.length > 1_000 &&
  !isUtf8(data) &&
  [0, 1, 2, 3].some((from) => [0, 1, 2, 3].some((to) => isUtf8(data.subarray(from, data.length - to))));

function cut(state: Passed, kind: 'out' | 'err', data: Buffer): Buffer {
  const room = cutBytes - state[kind];
  state[kind] += data.length;
  const isCut = data.length > room && defect(kind === 'err' ? 'large-stderr-cut' : 'large-output-cut');
  return isCut ? data.subarray(0, Math.max(room, 0)) : data;
}

function spoiledCode(code: number | null): number | null {
  if (code === null || code === 0) return code;
  if (defect('exec-code-zeroed') || defect('sometimes-code-zero')) return 0;
  if (code < 0 && defect('signal-death-is-success')) return 0;
  return clipped(code);
}

/** The code a box keeps of a run; `stopped` when a stop ended it. */
export function spoiledMainCode(code: number | null, stopped: boolean): number | null {
  if (code === null) return code;
  if (defect('main-code-dropped')) return null;
  if (defect('main-code-zeroed') || (stopped && defect('stop-code-zero'))) return 0;
  return clipped(code);
}

const clipped = (code: number): number => (code > 127 && defect('large-code-clipped') ? code & 0x7f : code);
