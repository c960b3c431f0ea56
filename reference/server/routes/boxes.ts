import { type BoxRecord, boxJson } from '../../core/box.ts';
import { createBox } from '../../core/create.ts';
import { remove, stopBox } from '../../core/end.ts';
import { invalidArgument } from '../../core/fault.ts';
import { alone, find } from '../../core/runtime.ts';
import { startBox } from '../../core/start.ts';
import { listed, stats } from '../../core/views.ts';
import { defect } from '../../defects/switch.ts';
import { type App, ownerOf, usageOf, withBox } from '../app.ts';
import { type Call, jsonOf } from '../call.ts';
import { createBody } from '../create-body.ts';
import { created, noContent, ok, type Reply } from '../reply.ts';

/** A Box as it is answered. */
const shown = (record: BoxRecord) =>
  record.exitCode === null && defect('exit-code-null')
    ? { ...boxJson(record), exit_code: null }
    : boxJson(record);

export async function postBoxes(app: App, call: Call): Promise<Reply> {
  const { name, spec } = createBody(await jsonOf(call));
  const box = createBox(app.runtime, name, spec);
  app.totals.created += 1;
  if (defect('create-boots')) await alone(box, () => startBox(app.runtime, box, ownerOf(box)));
  return created(shown(box.record));
}

export async function getBoxes(app: App): Promise<Reply> {
  return ok({ boxes: listed(app.runtime).map(shown) });
}

export async function getBox(app: App, _call: Call, typed: string): Promise<Reply> {
  const box = find(app.runtime, typed);
  if (defect('read-starts-box')) await alone(box, () => startBox(app.runtime, box, ownerOf(box)));
  return ok(shown(box.record));
}

export async function headBox(app: App, _call: Call, typed: string): Promise<Reply> {
  find(app.runtime, typed);
  return noContent;
}

export async function deleteBox(app: App, call: Call, typed: string): Promise<Reply> {
  const force = call.query.get('force') ?? 'false';
  if (force !== 'true' && force !== 'false')
    throw invalidArgument(`force must be true or false; got "${force}"`);
  if (defect('rm-unknown-succeeds') && !isKnown(app, typed)) return noContent;
  await remove(app.runtime, find(app.runtime, typed), force === 'true');
  return noContent;
}

const isKnown = (app: App, typed: string): boolean =>
  [...app.runtime.boxes.values()].some(({ record }) => record.id.startsWith(typed) || record.name === typed);

export async function postStart(app: App, _call: Call, typed: string): Promise<Reply> {
  return withBox(app, typed, async (box) => {
    await startBox(app.runtime, box, ownerOf(box));
    return ok(shown(box.record));
  });
}

export async function postStop(app: App, _call: Call, typed: string): Promise<Reply> {
  const box = find(app.runtime, typed);
  const wasUp = box.record.status === 'running';
  await stopBox(app.runtime, box);
  if (wasUp) app.totals.stopped += 1;
  return ok(shown(box.record));
}

export async function getBoxMetrics(app: App, _call: Call, typed: string): Promise<Reply> {
  const box = find(app.runtime, typed);
  const { commands, errors } = usageOf(app, box);
  const zeros = Object.fromEntries(uncounted.map((name) => [name, 0]));
  return ok({ commands_executed_total: commands, exec_errors_total: errors, ...zeros, ...stats(box) });
}

/** Nothing here has a network. */
const uncounted = [
  'bytes_sent_total',
  'bytes_received_total',
  'network_bytes_sent',
  'network_bytes_received',
  'network_tcp_connections',
  'network_tcp_errors',
];
