import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { BoxRecord } from '../core/box.ts';
import { invalidState } from '../core/fault.ts';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { boxDir, boxesDir, consoleFile, exitFile, recordFile, replaceFile } from './home.ts';

/** Writes a record. */
export function saveRecord(home: string, box: BoxRecord): void {
  mkdirSync(boxDir(home, box.id), { recursive: true });
  replaceFile(recordFile(home, box.id), JSON.stringify(box));
}

/**
 * Every record of a home. Directories without a readable one are left-overs of a creation that never
 * finished: they are deleted (contract 3.5).
 */
export function loadRecords(home: string): BoxRecord[] {
  return readdirSync(boxesDir(home)).flatMap((id) => loadOne(home, id) ?? []);
}

function loadOne(home: string, id: string): BoxRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(home, id), 'utf8'));
  } catch {
    rmSync(boxDir(home, id), { recursive: true, force: true });
    return undefined;
  }
}

/** Deletes everything a box keeps on the host. */
export function removeRecord(home: string, box: BoxRecord): void {
  if (!spoil?.leakAtRemoval(home, box.id)) rmSync(boxDir(home, box.id), { recursive: true, force: true });
  if (defect('anonymous-volume-left')) return;
  for (const dir of box.spec.anonymous) rmSync(dir, { recursive: true, force: true });
}

/** The code the hypervisor recorded for the last run; null when the VM died without one. */
export function recordedExit(home: string, id: string): number | null {
  const file = exitFile(home, id);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;
}

/** The console of a box; empty where none was ever booted (contract 13). */
export function readConsole(home: string, { id, status }: BoxRecord): string {
  if (status === 'stopped' && defect('logs-need-a-running-box'))
    throw invalidState(`box ${id} is not running`);
  const file = consoleFile(home, id);
  if (!existsSync(file)) return '';
  if (defect('logs-written-by-reading')) appendFileSync(file, 'console read\n');
  return readFileSync(file, 'utf8');
}
