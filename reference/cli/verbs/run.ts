import type { Backend, CreateRequest, Ending } from '../../backend/backend.ts';
import { profile } from '../../core/profile.ts';
import { defect } from '../../defects/switch.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { exitOf, pump, terminalSink } from '../foreground.ts';
import { own } from '../own.ts';
import type { Parsed } from '../parse.ts';
import { requestOf } from '../request.ts';
import { checkTty } from '../tty.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** `boxlite run`: a new box, detached or in the foreground (contract 2.2). */
export const verb: Verb = async (parsed) => {
  const detached = parsed.on.has('detach');
  const removeAtEnd = parsed.on.has('rm') && !detached;
  checkConflicts(parsed, detached);
  const context = contextOf(parsed);
  const request = requestOf(parsed, context, { detached, removeAtEnd });
  if (!detached) checkTty(request.tty);
  return closing(await openBackend(context), async (backend) => {
    const id = await backend.create(request);
    if (!detached) return foreground(backend, id, request, parsed.on.has('interactive'));
    await backend.start(id);
    own().stdout.write(`${id}\n`);
    return 0;
  });
};

function checkConflicts(parsed: Parsed, detached: boolean): void {
  const deadline = parsed.values.has('auto-stop') || parsed.values.has('auto-delete');
  if (!profile.checksFlagConflicts) return;
  if (parsed.on.has('rm') && deadline)
    throw new UsageError("the argument '--rm' cannot be used with '--auto-stop' or '--auto-delete'");
  if (detached && parsed.on.has('interactive'))
    throw new UsageError("the argument '--interactive' cannot be used with '--detach'");
}

async function foreground(
  backend: Backend,
  id: string,
  request: CreateRequest,
  stdin: boolean,
): Promise<number> {
  let end: Ending;
  try {
    const stream = await backend.runAttached(id, request, terminalSink);
    end = await pump(stream, stdin);
    await announceStop(backend, id);
  } finally {
    if (request.removeAtEnd && !defect('failed-run-leaves-record')) await backend.remove(id, true);
  }
  return exitOf(end);
}

async function announceStop(backend: Backend, id: string): Promise<void> {
  const box = await backend.box(id).catch(() => null);
  own().stderr.write(`[boxlite] Auto-stopping non-detached box: id=${id}, pid=${box?.pid ?? 0}\n`);
}
