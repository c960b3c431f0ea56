import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBuffer } from '../../../domain/bytes.ts';
import { cutAtControls } from '../../../domain/visible.ts';
import { jsonWord, printfFormat, quoteText, quoteWord } from '../../../report/shell/line.ts';

const sh = (script: string, env: Record<string, string> = {}) =>
  execFileSync('sh', [], { input: script, env: { ...process.env, ...env }, maxBuffer: 1 << 24 });

/** Many words through one shell: a process for each would take too long. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(
      '\x1b',
      '\x9b',
      '\u202e',
      '\ue000',
      '\ue001',
      "'",
      '"',
      '\\',
      '$',
      '`',
      '\n',
      ' ',
      '!',
      '*',
      '-',
      '#',
      'a',
      '%',
      '\r',
    ),
    maxLength: 12,
  }),
);
const words = fc.array(
  nasty.map((text) => text.replaceAll('\0', '')),
  { minLength: 1, maxLength: 40 },
);

test('a real shell takes a quoted word for exactly the text it was made from', () => {
  fc.assert(
    fc.property(words, (texts) => {
      const quoted = texts.map(quoteText).join(' ');
      expect(cutAtControls(quoted)).toEqual([quoted]);
      const seen = sh(`printf '%s\\0' ${quoted}`).toString('utf8').split('\0').slice(0, -1);
      const wellFormed = texts.map((text) => Buffer.from(text, 'utf8').toString('utf8'));
      expect(seen).toEqual(wellFormed);
    }),
    { numRuns: 60 },
  );
});

test('variables inside a word are expanded once and never split', () => {
  const word = ['--name=', { $: 'V' }, "it's"];
  expect(sh(`printf '<%s>' ${quoteWord(word)}`, { V: 'a  b*$(x)' }).toString()).toBe(
    "<--name=a  b*$(x)it's>",
  );
  expect(quoteWord([])).toBe("''");
});

test('printf writes exactly the bytes its format was made from', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(bytes, (data) => {
      expect(fromBuffer(sh(`printf ${printfFormat(fromBuffer(data))}`))).toBe(fromBuffer(data));
    }),
    { numRuns: 60 },
  );
});

test('a NUL in a word is an error, not a truncated word', () => {
  expect(() => quoteText('a\0b')).toThrow(/NUL/u);
});

test('a text in a JSON body is never shell, whatever stands in it', () => {
  const texts = fc.array(fc.oneof(nasty, fc.constant('\ue000T$(echo shell)\ue001')), { maxLength: 30 });
  fc.assert(
    fc.property(texts, (all) => {
      const word = quoteWord(jsonWord({ texts: all, id: { $: 'V' }, none: undefined }));
      const seen: unknown = JSON.parse(sh(`printf %s ${word}`, { V: 'x' }).toString());
      expect(seen).toEqual({ texts: all.map((text) => text.replaceAll(/\p{Cs}/gu, '\ufffd')), id: 'x' });
    }),
    { numRuns: 60 },
  );
});
