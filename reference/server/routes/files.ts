import { type Afterwards, copyInto, copyOut } from '../../core/copy.ts';
import { invalidArgument } from '../../core/fault.ts';
import { type Box, find } from '../../core/runtime.ts';
import { type App, ownerOf, used } from '../app.ts';
import { bodyOf, type Call } from '../call.ts';
import { putBackHeader } from '../put-back.ts';
import { noContent, type Reply } from '../reply.ts';

/** Largest archive (contract 4.5). */
const archiveLimitBytes = 512 * 2 ** 20;

export async function putFiles(app: App, call: Call, typed: string): Promise<Reply> {
  const { unpack } = await import('../tar.ts');
  const archive = await bodyOf(call, archiveLimitBytes);
  const box = find(app.runtime, typed);
  used(app, box);
  const entries = await unpack(archive, archiveLimitBytes);
  await copyInto(app.runtime, box, pathOf(call), entries, afterwards(call, box));
  return noContent;
}

export async function getFiles(app: App, call: Call, typed: string): Promise<Reply> {
  const { pack } = await import('../tar.ts');
  const box = find(app.runtime, typed);
  used(app, box);
  const entries = await copyOut(app.runtime, box, pathOf(call), afterwards(call, box));
  return { status: 200, bytes: await pack(entries), type: 'application/x-tar' };
}

function pathOf(call: Call): string {
  const path = call.query.get('path');
  if (path === null) throw invalidArgument("query parameter 'path' is missing");
  return path;
}

/** A box booted for files stays up, unless the client is `cp`, which leaves boxes as it found them. */
const afterwards = (call: Call, box: Box): Afterwards => ({
  keepUp: call.message.headers[putBackHeader] === undefined,
  owner: ownerOf(box),
});
