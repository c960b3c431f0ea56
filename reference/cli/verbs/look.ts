import type { BoxJson } from '../../core/box.ts';
import { Fault } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue, missing, type Parsed, wordsOf } from '../parse.ts';

/** `boxlite list`: running boxes, or all with `-a`, newest first: as JSON, or their ids alone (contract 2.7). */
export async function list(parsed: Parsed): Promise<number> {
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

/** `boxlite inspect`: everything about boxes, as an array (contract 2.7). */
export async function inspect(parsed: Parsed): Promise<number> {
  const typed = wordsOf(parsed);
  if (typed.length === 0) throw missing('<BOX>...');
  return withBackend(contextOf(parsed), async (backend) => {
    const found: BoxJson[] = [];
    const failures: string[] = [];
    for (const text of typed) {
      try {
        found.push(await backend.box(text));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        failures.push(error.kind === 'not-found' ? `no such box: ${text}` : error.message);
      }
    }
    own().stdout.write(`${JSON.stringify(found.map(inspected), null, 2)}\n`);
    for (const text of failures) own().stderr.write(`Error: ${text}\n`);
    return failures.length > 0 ? 1 : 0;
  });
}

const inspected = (box: BoxJson) => ({
  Id: box.box_id,
  Name: box.name ?? '',
  Image: box.image,
  Created: box.created_at,
  Status: box.status,
  State: {
    Status: box.status,
    Running: box.status === 'running',
    Pid: box.pid ?? 0,
    ExitCode: defect('inspect-hides-code') ? 0 : (box.exit_code ?? 0),
  },
  Cpus: box.cpus,
  Memory: box.memory_mib * 2 ** 20,
  ...(box.network && {
    Network: { Outbound: policy(box.network.outbound), Inbound: policy(box.network.inbound) },
  }),
});

const policy = ({ mode, allow_net }: NonNullable<BoxJson['network']>['outbound']) => ({
  Mode: mode,
  AllowNet: allow_net,
});
