import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isFresh, runStep } from '../../lab/build/step.ts';
import { labPaths } from '../../lab/paths.ts';
import { dropSnapshot, openSnapshot, snapshotStep } from '../../lab/snapshot.ts';
import { type LabState, markOf } from '../../lab/state.ts';
import { monitor } from './fixtures/monitor.ts';

const built = { version: '0.11.0', runtime: null, boxlite: '/b', payload: 'p1' };

/** A machine whose QEMU is a process that ends when it is told to quit, with a monitor that "migrates" to a file. */
async function machine(migration: 'completed' | 'failed') {
  const dir = mkdtempSync(join(tmpdir(), 'bc-snap-'));
  const qemu = spawn('sleep', ['60']);
  onTestFinished(() => {
    qemu.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  });
  const socket = await monitor((command, _socket, { uri = '' }) => {
    if (command === 'migrate') execFileSync('sh', ['-c', `echo memory | ${uri.replace(/^exec:/u, '')}`]);
    if (command === 'quit') qemu.kill('SIGKILL');
    return [{ return: command === 'query-migrate' ? { status: migration } : {} }];
  });
  const paths = { ...labPaths(dir), monitor: socket };
  const boot = async () => {
    mkdirSync(paths.run, { recursive: true });
    writeFileSync(paths.overlay, 'disk');
    return { apiKey: 'secret', qemu: markOf(qemu.pid as number) } as LabState;
  };
  return { paths, boot };
}

const silent = () => {};

test('a snapshot has memory, disk and key of the machine that was frozen, and is made once', async () => {
  const { paths, boot } = await machine('completed');
  const step = await snapshotStep(built, '7.2', paths, boot);
  expect(await runStep(step, silent)).toBe('built');
  const { command, overlay, apiKey } = await openSnapshot(built.version, paths);
  expect(execFileSync('sh', ['-c', command]).toString()).toBe('memory\n');
  expect([readFileSync(overlay, 'utf8'), apiKey]).toEqual(['disk', 'secret']);
  expect(await runStep(step, silent)).toBe('fresh');
});

test('a snapshot of another QEMU or another payload is not gone on with, nor one that was thrown away', async () => {
  const { paths, boot } = await machine('completed');
  const step = await snapshotStep(built, '7.2', paths, boot);
  await runStep(step, silent);
  expect(await isFresh(await snapshotStep(built, '8.0', paths, boot))).toBe(false);
  expect(await isFresh(await snapshotStep({ ...built, payload: 'p2' }, '7.2', paths, boot))).toBe(false);
  await dropSnapshot(built.version, paths);
  expect(await isFresh(step)).toBe(false);
});

test('a machine that QEMU cannot write leaves no snapshot', async () => {
  const { paths, boot } = await machine('failed');
  const step = await snapshotStep(built, '7.2', paths, boot);
  await expect(runStep(step, silent)).rejects.toThrow('QEMU could not write the snapshot: failed');
  expect(existsSync(paths.snapshot(built.version))).toBe(false);
});
