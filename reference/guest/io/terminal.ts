import { bufferOf, noBytes, stringOf } from '../bytes.ts';
import type { GuestProcess } from '../process/process.ts';
import { INT } from '../signals.ts';
import { type OpenFile, openFile } from './open-file.ts';
import type { Outlet } from './outlet.ts';
import { Waiters } from './waiters.ts';

const longestLine = 4096;
const erase = new Set(['\x7f', '\b']);

/**
 * A terminal in cooked mode: echoes, edits a line, turns `\r` into `\n` on the way in and `\n` into `\r\n` on the
 * way out; ^C interrupts and ^D at the beginning of a line is end-of-file.
 */
export class Terminal {
  readonly file: OpenFile;
  readonly #outlet: Outlet;
  readonly #interrupt: (signal: number) => void;
  readonly #lines: string[] = [];
  #line = '';
  size = { rows: 24, cols: 80 };
  #ended = false;
  readonly #changed = new Waiters();

  constructor(outlet: Outlet, interrupt: (signal: number) => void) {
    this.#outlet = outlet;
    this.#interrupt = interrupt;
    this.file = openFile({
      terminal: true,
      read: (by, max) => this.#read(by, max),
      write: (by, data) => outlet.file.write(by, cooked(data)),
      size: () => this.size,
      close: () => outlet.finish(),
    });
  }

  /** Keys typed outside. */
  type(data: Buffer): void {
    for (const key of stringOf(data)) this.#key(key);
    this.#changed.wake();
  }

  /** The keyboard has gone: what was typed is handed over, then end-of-file. */
  hangUp(): void {
    this.#commit();
    this.#ended = true;
    this.#changed.wake();
  }

  async #read(by: GuestProcess, max: number): Promise<Buffer> {
    while (this.#lines.length === 0 && !this.#ended) await by.block(this.#changed.add);
    const line = this.#lines.shift();
    if (line === undefined) return noBytes;
    if (line.length > max) this.#lines.unshift(line.slice(max));
    return bufferOf(line.slice(0, max));
  }

  #key(key: string): void {
    if (key === '\x03') this.#break();
    else if (key === '\x04') this.#commit(true);
    else if (erase.has(key)) this.#erase();
    else this.#type(key === '\r' ? '\n' : key);
  }

  #type(typed: string): void {
    if (this.#line.length >= longestLine && typed !== '\n') return;
    this.#line += typed;
    this.#echo(typed);
    if (typed === '\n') this.#commit();
  }

  #break(): void {
    this.#line = '';
    this.#echo('^C\n');
    this.#interrupt(INT);
  }

  #erase(): void {
    if (this.#line === '') return;
    this.#line = this.#line.slice(0, -1);
    this.#echo('\b \b');
  }

  /** An empty line handed over by ^D is what a reader sees as end-of-file. */
  #commit(evenEmpty = false): void {
    if (this.#line !== '' || evenEmpty) this.#lines.push(this.#line);
    this.#line = '';
  }

  #echo(text: string): void {
    this.#outlet.push(cooked(bufferOf(text)));
  }
}

function cooked(data: Buffer): Buffer {
  return data.includes(10) ? bufferOf(stringOf(data).replaceAll('\n', '\r\n')) : data;
}
