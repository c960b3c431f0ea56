import type { Backend, CreateRequest, Ending } from '../../backend/backend.ts';
import { defect } from '../../defects/switch.ts';
import { contextOf, withBackend } from '../context.ts';
import { exitOf, pump, terminalSink } from '../foreground.ts';
import { own } from '../own.ts';
import type { Parsed } from '../parse.ts';
import { requestOf } from '../request.ts';

/** `boxlite run`: a new box, detached or in the foreground (contract 2.2). */
export async function verb(parsed: Parsed): Promise<number> {
  const detached = parsed.on.has('detach');
  const context = contextOf(parsed);
  const request = requestOf(parsed, context, { detached, removeAtEnd: parsed.on.has('rm') && !detached });
  return withBackend(context, async (backend) => {
    const id = await backend.create(request);
    if (!detached) return foreground(backend, id, request, parsed.on.has('interactive'));
    await backend.start(id);
    own().stdout.write(`${id}\n`);
    return 0;
  });
}

async function foreground(
  backend: Backend,
  id: string,
  request: CreateRequest,
  stdin: boolean,
): Promise<number> {
  let end: Ending;
  try {
    end = await pump(await backend.runAttached(id, request, terminalSink), stdin);
    const box = await backend.box(id).catch(() => null);
    own().stderr.write(`[boxlite] Auto-stopping non-detached box: id=${id}, pid=${box?.pid ?? 0}\n`);
  } finally {
    if (request.removeAtEnd && !defect('failed-run-leaves-record')) await backend.remove(id, true);
  }
  return exitOf(end);
}
