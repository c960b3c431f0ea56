import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BoxRecord } from '../../core/box.ts';
import { defect } from '../switch.ts';

const file = (home: string) => join(home, 'names');

/** Keeps the name of a removed box. */
export function keepName(home: string, box: BoxRecord): void {
  if (box.name !== null && defect('name-not-freed'))
    appendFileSync(file(home), `${JSON.stringify(box.name)}\n`);
}

/** Whether a name was kept. */
export const isKeptName = (home: string, name: string): boolean =>
  defect('name-not-freed') &&
  existsSync(file(home)) &&
  readFileSync(file(home), 'utf8').split('\n').includes(JSON.stringify(name));
