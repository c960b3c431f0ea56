import { expect, test, vi } from 'vitest';
import { newOutput } from '../../../bin/terminal/output.ts';

/** What is written to stdout meanwhile. */
function printed(what: () => void): string {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  what();
  spy.mockRestore();
  return lines.join('');
}

test('control characters of a server or a file reach the terminal as escapes, our own colour as it is', () => {
  const { log } = newOutput(false);
  expect(printed(() => log('a\x1b[31mb\x9b2J\r'))).toBe('a\\u001b[31mb\\u009b2J\\u000d\n');
  expect(printed(() => log('\x1b[32mfine \x1b]0;x\x07\x1b[39m and \u202e'))).toBe(
    '\x1b[32mfine \\u001b]0;x\\u0007\x1b[39m and \\u202e\n',
  );
});

test('what a file or a server says at any length is cut, and its length told', () => {
  const { log } = newOutput(false);
  expect(printed(() => log('y'.repeat(10_000)))).toHaveLength(10_001);
  expect(printed(() => log('x'.repeat(1 << 20)))).toMatch(/^x{10000}… \(1048576 characters\)\n$/u);
});

test('JSON on stdout is the same value without control characters', () => {
  const value = { text: 'a\x7f\x9b\u202e\u{e0001}\x1b\n' };
  const text = printed(() => newOutput(true).data(value));
  expect(JSON.parse(text)).toEqual(value);
  expect(text.trimEnd()).toMatch(/^[ -~]+$/u);
});
