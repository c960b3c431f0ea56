import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { TargetName } from '../../../domain/identity.ts';
import { diagnose } from '../../../runtime/doctor/doctor.ts';
import { imageOf } from '../../../runtime/doctor/given.ts';
import { kvmProblem } from '../../../runtime/doctor/kvm.ts';
import { openTarget } from '../../../runtime/targets/open.ts';
import { fakeTarget, ownRunsDir } from '../fixtures/fake-target.ts';

test('an unknown target is refused with the known ones', async () => {
  const opened = openTarget('moon' as TargetName, {}, () => {});
  await expect(opened).rejects.toThrow(
    "unknown target 'moon': choose one of best, reference, lab, host, external",
  );
});

test('the doctor speaks about every target, and says what is missing', async () => {
  const cacheDir = dirname(ownRunsDir());
  const found = await diagnose({ cacheDir, boxlite: '/no/such/boxlite', rootfs: '/no/such/rootfs' });
  expect(found.map((it) => it.target)).toEqual(['host', 'lab', 'external', 'reference']);
  for (const it of found) expect(it.runnable).toBe(it.reasons.length === 0);
  const host = found[0]?.reasons.join('\n');
  expect(host).toContain('--boxlite /no/such/boxlite: no executable file there');
  expect(host).toContain('--rootfs /no/such/rootfs: no OCI image layout there');
  expect(found[2]?.reasons).toEqual(['no --url and no --home is given']);
  expect(found[3]).toEqual({ target: 'reference', runnable: true, reasons: [] });
});

test('the doctor says what is wrong with a KVM device', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bck'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const kvm = join(dir, 'kvm');
  const cpu = join(dir, 'cpuinfo');
  writeFileSync(kvm, '');
  writeFileSync(cpu, 'processor\t: 0\nflags\t\t: fpu vme svm sse\n');
  expect(await kvmProblem(kvm, cpu)).toBe(null);
  writeFileSync(cpu, 'processor\t: 0\nflags\t\t: fpu vme sse\n');
  if (process.arch === 'x64') expect(await kvmProblem(kvm, cpu)).toMatch(/neither vmx nor svm/);
  expect(await kvmProblem(join(dir, 'none'))).toMatch(/none: it does not exist/);
});

test('an image is a name, or a directory that is an OCI layout', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bci'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  expect(imageOf({})).toEqual({ image: 'alpine:latest' });
  expect(imageOf({ image: 'x' })).toEqual({ image: 'x' });
  expect(() => imageOf({ rootfs: dir })).toThrow('no OCI image layout there');
  writeFileSync(join(dir, 'oci-layout'), '{}');
  expect(imageOf({ rootfs: dir })).toEqual({ rootfs: dir });
});

test('a machine on which no box starts is found out before anything else', async () => {
  const opened = fakeTarget('', { trial: true, image: () => ({ image: 'unbootable' }) });
  await expect(opened).rejects.toThrow(
    /no box starts on this machine \(2 attempts\): Error: no virtualization/,
  );
  const { target } = await fakeTarget('', { trial: true });
  expect(await target.baseline([])).toEqual([]);
});
