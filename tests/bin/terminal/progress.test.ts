import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Invocation } from '../../../bin/session/invocation.ts';
import { fuzzProgress } from '../../../bin/terminal/progress.ts';
import { newTally } from '../../../search/campaign/tally.ts';

const isTty = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  Object.defineProperty(process.stderr, 'isTTY', isTty ?? { value: undefined, configurable: true });
  Object.defineProperty(process.stderr, 'columns', { value: undefined, configurable: true });
});

/** What a campaign that was given ten minutes has written to a terminal of 80 columns after twenty seconds. */
function shown(term: string): string {
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
  Object.defineProperty(process.stderr, 'columns', { value: 80, configurable: true });
  vi.stubEnv('TERM', term);
  let text = '';
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    text += String(part);
    return true;
  });
  const engine = { environment: { identity: { target: 'reference' } } };
  const campaign = { engine, tally: newTally(), findings: new Map(), startedAt: new Date() };
  const progress = fuzzProgress(campaign as unknown as Invocation, 600_000, 1_000);
  vi.advanceTimersByTime(20_000);
  progress.end();
  spy.mockRestore();
  return text;
}

test('the time that is left is told within 80 columns, on one line that is rewritten', () => {
  const lines = shown('xterm').split('\r\x1b[2K');
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines.slice(1, -1)) {
    expect(line).toMatch(/^fuzz reference, \d.* left, 0 programs/u);
    expect(line.length).toBeLessThan(80);
    expect(line).not.toContain('\n');
  }
});

test('a terminal that can do nothing gets a plain line every ten seconds', () => {
  const lines = shown('dumb').split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^fuzz reference, .* left, .*1000 programs left$/u);
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});
