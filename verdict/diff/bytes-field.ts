import { createHash } from 'node:crypto';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import type { BytesExpect } from '../../model/expect.ts';
import { shapeOfText } from '../normalise.ts';
import type { Field } from './observed.ts';

/** Longer data is compared by its digest: a flood is megabytes, and all observations are kept. */
const LONGEST = 200;

/** Bytes that have to be the same; null where there are none. */
export function dataField(name: string, bytes: Bytes | null): Field {
  const digest = createHash('sha256')
    .update(toBuffer(bytes ?? ''))
    .digest('hex')
    .slice(0, 16);
  const short = bytes === null ? 'none' : JSON.stringify(bytes);
  const value = bytes && bytes.length > LONGEST ? `${bytes.length} bytes, sha256 ${digest}` : short;
  return { name, value, rank: 'firm', data: true };
}

/** Output of a process, compared as far as the expectation it fitted says what it must be. */
export function bytesField(name: string, bytes: Bytes, expect: BytesExpect | undefined): Field {
  if (expect === undefined || 'exactly' in expect) return dataField(name, bytes);
  if ('mounts' in expect) return { name: `mounts on ${name}`, value: mountsText(bytes), rank: 'firm' };
  if (!('contains' in expect)) return { ...dataField(name, bytes), rank: 'free' };
  // What a runtime adds of its own to the command's stderr.
  const added = expect.contains.reduce((rest, part) => rest.replace(part, ''), bytes);
  return { name, value: shapeOfText(added), rank: 'text' };
}

/** Path and mode of each mount from the host; the guest's own ones are the runtime's business. */
function mountsText(bytes: Bytes): string {
  const lines = bytes.split('\n').map((line) => line.split(' '));
  const shared = lines.filter(([, , type]) => type === 'virtiofs');
  const mounts = shared.map(
    ([, at, , options]) => `${at} ${options?.split(',').includes('ro') ? 'ro' : 'rw'}`,
  );
  return mounts.sort().join(', ') || 'none';
}
