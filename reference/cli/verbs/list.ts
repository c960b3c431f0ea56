import type { BoxJson } from '../../core/box.ts';
import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue, type Parsed } from '../parse.ts';

/** `boxlite list`: running boxes, or all with `-a`, newest first: as JSON, or their ids alone (contract 2.7). */
export async function verb(parsed: Parsed): Promise<number> {
  const asJson = flagValue(parsed, 'format') === 'json';
  return withBackend(contextOf(parsed), async (backend) => {
    const all = await backend.boxes();
    const boxes = parsed.on.has('all') ? all : all.filter((box) => box.status === 'running');
    const text = asJson
      ? `${JSON.stringify(boxes.map(rowOf), null, 2)}\n`
      : boxes.map((box) => `${box.box_id}\n`).join('');
    own().stdout.write(text);
    return 0;
  });
}

const rowOf = (box: BoxJson) => ({
  ID: box.box_id,
  Image: box.image,
  Status: box.status.charAt(0).toUpperCase() + box.status.slice(1),
  CreatedAt: `${box.created_at.slice(0, 19).replace('T', ' ')} UTC`,
  Names: box.name ?? '',
});
