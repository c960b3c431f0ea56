import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LabState, readState, writeState } from '../../lab/state.ts';

const STATE: LabState = {
  ...{
    format: 1,
    version: '0.11.0',
    runtime: '0.10.8',
    payload: 'p',
    boxlite: '/b',
    keep: true,
    startedAt: '2026-01-01T00:00:00Z',
  },
  ...{
    qemu: { pid: 5, startTicks: '9' },
    sshPort: 1,
    servePorts: [2, 3],
    apiKey: 'k',
    qemuVersion: '7.2',
    kernel: '6.1',
  },
};

test('the state of a lab is read back and readable by nobody else; a torn, a foreign and no state are null', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bc-state-'));
  const file = join(dir, 'state.json');
  try {
    expect(await readState(file)).toBeNull();
    writeState(file, STATE);
    expect(await readState(file)).toEqual(STATE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, JSON.stringify({ ...STATE, format: 2 }));
    expect(await readState(file)).toBeNull();
    writeFileSync(file, '{');
    expect(await readState(file)).toBeNull();
  } finally {
    rmSync(dir, { recursive: true });
  }
});
