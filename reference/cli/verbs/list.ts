import type { BoxView } from '../../backend/backend.ts';
import { Fault } from '../../core/fault.ts';
import { profile } from '../../core/profile.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue } from '../parse.ts';
import { tableOf } from '../table.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';
import { yamlList } from '../yaml.ts';

/** `boxlite list`: running boxes, or all with `-a`, newest first (contract 2.7). */
export const verb: Verb = async (parsed) => {
  const format = flagValue(parsed, 'format');
  const quiet = parsed.on.has('quiet');
  if (quiet && format !== undefined && profile.checksFlagConflicts)
    throw new UsageError("the argument '--quiet' cannot be used with '--format <FORMAT>'");
  if (parsed.positionals.length > 0)
    throw new UsageError(`unexpected argument '${parsed.positionals[0]}' found`);
  const context = contextOf(parsed);
  const render = renderer(format ?? 'table');
  return closing(await openBackend(context), async (backend) => {
    const all = await backend.boxes();
    const boxes = parsed.on.has('all') ? all : all.filter((box) => box.status === 'running');
    own().stdout.write(quiet ? boxes.map((box) => `${box.id}\n`).join('') : render(boxes.map(rowOf)));
    return 0;
  });
};

type Row = Record<'ID' | 'Image' | 'Status' | 'CreatedAt' | 'Names', string>;

const rowOf = (box: BoxView): Row => ({
  ID: box.id,
  Image: box.image,
  Status: box.status.charAt(0).toUpperCase() + box.status.slice(1),
  CreatedAt: `${box.createdAt.slice(0, 19).replace('T', ' ')} UTC`,
  Names: box.name ?? '',
});

function renderer(format: string): (rows: Row[]) => string {
  switch (format) {
    case 'json':
      return (rows) => `${JSON.stringify(rows, null, 2)}\n`;
    case 'yaml':
      return yamlList;
    case 'table':
      return (rows) => tableOf(['ID', 'IMAGE', 'STATUS', 'CREATED', 'NAMES'], rows.map(Object.values));
    default:
      throw new Fault('invalid-argument', `Unknown format: '${format}'. Valid formats: table, json, yaml`);
  }
}
