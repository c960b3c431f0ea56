import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { defect } from '../defects/switch.ts';
import { anonymousDir } from '../home/home.ts';
import type { MountSpec } from '../vm/port.ts';
import { type BoxSpec, newBoxId } from './box.ts';
import { Fault, invalidArgument } from './fault.ts';

/** A `-v` text taken apart (contract 6.1). */
export type Volume =
  | { kind: 'host'; source: string; at: string; mode: 'ro' | 'rw' }
  | { kind: 'managed'; name: string; at: string; mode: 'ro' | 'rw' }
  | { kind: 'anonymous'; at: string; mode: 'ro' | 'rw' };

/**
 * Reads `SRC:BOXPATH[:ro|rw]` or `BOXPATH[:ro|rw]`.
 * @throws Fault invalid-argument that quotes the text and says what is wrong with it.
 */
export function parseVolume(text: string): Volume {
  if (text === '') throw invalidArgument('empty volume spec');
  const fields = text.split(':');
  const mode = takeMode(text, fields);
  const at = fields.at(-1) ?? '';
  const source = fields.length === 2 ? fields[0] : undefined;
  if (fields.length > 2) throw invalidArgument(`invalid volume spec '${text}': too many fields`);
  if (source === '') throw invalidArgument(`invalid volume spec '${text}': volume source must be non-empty`);
  if (!at.startsWith('/'))
    throw invalidArgument(`volume box path must be absolute (e.g. /data), got "${at}"`);
  if (source === undefined) return { kind: 'anonymous', at, mode };
  if (/^[/.~]/.test(source)) return { kind: 'host', source: hostPath(source), at, mode };
  return { kind: 'managed', name: source, at, mode };
}

/** Takes the option word off the end, if there is one. */
function takeMode(text: string, fields: string[]): 'ro' | 'rw' {
  const last = fields.at(-1);
  if (fields.length > 1 && (last === 'ro' || last === 'rw')) {
    fields.pop();
    return last;
  }
  if (fields.length === 3 && defect('volume-option-unchecked')) fields.pop();
  if (fields.length === 3)
    throw invalidArgument(`invalid volume spec '${text}': unknown option '${last}', expected ro or rw`);
  return 'rw';
}

const hostPath = (source: string): string =>
  source.startsWith('~') ? join(homedir(), source.slice(1)) : resolve(source);

/**
 * Turns volumes into mounts of a local box, and tells the directories made for its anonymous ones. Everything is
 * checked before the first directory is made.
 * @throws Fault invalid-argument (missing host path) or unsupported (managed volume).
 */
export function localMounts(volumes: Volume[], home: string): Pick<BoxSpec, 'mounts' | 'anonymous'> {
  for (const volume of volumes) checkLocal(volume);
  const anonymous: string[] = [];
  const mounts = volumes.map((volume, index): MountSpec => {
    const source = volume.kind === 'host' ? volume.source : join(anonymousDir(home), newBoxId());
    if (volume.kind !== 'host') {
      mkdirSync(source, { recursive: true });
      anonymous.push(source);
    }
    return { tag: `vol${index}`, at: volume.at, mode: volume.mode, source };
  });
  return { mounts, anonymous };
}

function checkLocal(volume: Volume): void {
  if (volume.kind === 'host' && defect('missing-source-accepted'))
    mkdirSync(volume.source, { recursive: true });
  if (volume.kind === 'host' && !existsSync(volume.source))
    throw invalidArgument(`volume source ${volume.source} does not exist`);
  if (volume.kind !== 'managed') return;
  const text =
    volume.mode === 'ro'
      ? 'unsupported: read-only managed volumes are not supported yet; drop the :ro'
      : `unsupported: managed volume "${volume.name}" is only supported by REST runtimes; mount a host path instead`;
  throw new Fault('unsupported', text);
}
