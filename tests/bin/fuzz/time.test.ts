import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InvocationRecord } from '../../../report/invocation-record.ts';
import { boxcheck } from '../spawn.ts';

/** What the README promises of the reference: the time given, and at most so much more. */
const GRACE_MS = 10_000;

test('a campaign full of findings ends when its time is over, and says what it left open', async () => {
  const out = await mkdtemp(join(tmpdir(), 'bc-time-'));
  try {
    const defects = 'exec-code-zeroed,stop-code-zero,force-ignored';
    const args = ['--target', 'reference', '--defect', defects, '--for', '6s', '--seed', '5', '--out', out];
    const ended = await boxcheck(['fuzz', ...args]);
    const [dir = ''] = await readdir(join(out, 'runs'));
    const text = await readFile(join(out, 'runs', dir, 'run.json'), 'utf8');
    const record = JSON.parse(text) as InvocationRecord;
    expect(record).toMatchObject({ ended: 'deadline' });
    expect(record.totalMs).toBeLessThan(6_000 + GRACE_MS);
    expect(ended).toMatchObject({
      code: 1,
      out: expect.stringMatching(/left open: of \d+ findings .*--shrink/u),
    });
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 60_000);
