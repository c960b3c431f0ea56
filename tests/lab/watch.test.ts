import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { LabError } from '../../lab/call.ts';
import { runInside } from '../../lab/inside.ts';
import { labPaths } from '../../lab/paths.ts';
import { sshPlace } from '../../lab/ssh.ts';
import { markOf } from '../../lab/state.ts';
import { silenceOf, vitalSigns } from '../../lab/vital-signs.ts';
import { watching } from '../../lab/watch.ts';

/** Files of a machine whose QEMU is this process. */
function machine() {
  const dir = mkdtempSync(join(tmpdir(), 'bc-watch-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const paths = { console: join(dir, 'console'), pulse: join(dir, 'pulse') };
  writeFileSync(paths.console, 'boxcheck: booted\n');
  const mark = markOf(process.pid);
  if (mark === null) throw new Error('this process is not there');
  return { paths, mark };
}

test('a machine is silent when one of its CPUs gives no sign of life in six looks in a row', () => {
  const silence = silenceOf();
  expect(silence('01')).toBeNull();
  for (let look = 0; look < 5; look++) expect(silence('00')).toBeNull();
  expect(silence('0')).toBe('the lab is lost: no sign of life of its CPU 1 for 12 s');
});

test('a machine that is only slow to give a sign of life is not silent', () => {
  const silence = silenceOf();
  for (const heard of ['01', '', '', '', '', '01', '', '', '', '', '', '10'])
    expect(silence(heard)).toBeNull();
});

test('only what was written since the last look is a sign of life', async () => {
  const { paths, mark } = machine();
  const look = vitalSigns(mark, paths);
  writeFileSync(paths.pulse, '010101');
  for (let n = 0; n < 6; n++) expect(await look()).toBeNull();
  appendFileSync(paths.pulse, '01');
  expect(await look()).toBeNull();
  for (let n = 0; n < 5; n++) expect(await look()).toBeNull();
  expect(await look()).toMatch(/no sign of life of its CPU 0/);
});

test('a console that tells of a lock-up, and a QEMU that is gone, are noticed at the next look', async () => {
  const { paths, mark } = machine();
  const look = vitalSigns(mark, paths);
  appendFileSync(paths.console, '[9.1] watchdog: BUG: soft lockup - CPU#0 stuck for 11s! [fc_vcpu]\n');
  expect(await look()).toMatch(/^the lab's kernel is wedged: .*CPU#0 stuck/);
  expect(await vitalSigns({ ...mark, startTicks: '1' }, paths)()).toMatch(/its QEMU process is gone/);
});

test('a watch aborts with what is wrong, once, and looks no more', async () => {
  let looks = 0;
  const watch = watching(async () => (++looks < 3 ? null : 'gone'), 5);
  await new Promise((resolve) => watch.lost.addEventListener('abort', resolve, { once: true }));
  expect(watch.lost.reason).toEqual(new LabError('gone'));
  await pause(30);
  expect(looks).toBe(3);
});

test('a watch that has ended finds nothing any more', async () => {
  let trouble: string | null = null;
  const watch = watching(async () => trouble, 5);
  watch.end();
  trouble = 'gone';
  await pause(30);
  expect(watch.lost.aborted).toBe(false);
});

test('a look that fails counts as trouble', async () => {
  const watch = watching(() => Promise.reject(new Error('EIO')), 5);
  await new Promise((resolve) => watch.lost.addEventListener('abort', resolve, { once: true }));
  expect(watch.lost.reason.message).toBe('the lab cannot be watched: EIO');
});

test('a call into a machine that is lost ends at once with the reason', async () => {
  const lost = AbortSignal.abort(new LabError('no sign of life'));
  const call = runInside(sshPlace(1, labPaths('/nowhere')), ['true'], { timeoutMs: 60_000, lost });
  await expect(call).rejects.toThrow('no sign of life');
});
