import { createHash } from 'node:crypto';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import type { BytesExpect } from '../../model/expect.ts';
import { shapeOfText } from '../normalise.ts';
import type { Field } from './observed.ts';

/** Longer data is compared by its digest: a flood is megabytes, and all observations are kept. */
const LONGEST = 200;

/** Bytes that have to be the same; null where there are none. */
export const dataField = (name: string, bytes: Bytes | null): Field => ({
  name,
  value: bytes === null ? 'none' : dataText(bytes),
  rank: 'firm',
  data: true,
});

/** Output of a process, compared as far as the expectation it fitted says what it must be. */
export function bytesField(name: string, bytes: Bytes, expect: BytesExpect | undefined): Field {
  if (expect === undefined || 'exactly' in expect) return dataField(name, bytes);
  if ('mounts' in expect) return { name: `mounts on ${name}`, value: mountsText(bytes), rank: 'firm' };
  if ('contains' in expect)
    return { name, value: shapeOfText(without(bytes, expect.contains)), rank: 'text' };
  return { ...dataField(name, bytes), rank: 'free' };
}

function dataText(bytes: Bytes): string {
  if (bytes.length <= LONGEST) return JSON.stringify(bytes);
  const digest = createHash('sha256').update(toBuffer(bytes)).digest('hex').slice(0, 16);
  return `${bytes.length} bytes, sha256 ${digest}`;
}

/** What a runtime adds of its own to the command's stderr. */
const without = (bytes: Bytes, parts: readonly Bytes[]): string =>
  parts.reduce((rest, part) => rest.replace(part, ''), bytes);

/** Path and mode of each mount from the host; the guest's own ones are the runtime's business. */
function mountsText(bytes: Bytes): string {
  const lines = bytes.split('\n').map((line) => line.split(' '));
  const shared = lines.filter(([, , type]) => type === 'virtiofs');
  const told = shared.map(([, at, , options]) => `${at} ${options?.split(',').includes('ro') ? 'ro' : 'rw'}`);
  return told.sort().join(', ') || 'none';
}
