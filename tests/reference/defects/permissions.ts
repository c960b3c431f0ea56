import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { argvOf } from '../../../commands/work.ts';
import { unpack } from '../../../reference/server/tar.ts';
import { holdMain } from '../fake/work.ts';
import { detached, type LocalProbe, shown } from './over-cli.ts';
import { call, create, type RestProbe } from './over-rest.ts';

const look = argvOf({ do: 'mode', path: '/root/f' });

/** Permissions and owner of a file that the CLI copies into a box of somebody, and out of it. */
export const copiedFiles: LocalProbe = async (local) => {
  const { dir, run, image } = local;
  const [file, got] = [join(dir, 'f'), join(dir, 'got')];
  writeFileSync(file, 'data\n');
  chmodSync(file, 0o640);
  const id = await detached({ ...local, image: ['-u', 'nobody', ...image] }, '--', ...holdMain);
  await run('cp', file, `${id}:/root/f`);
  const seen = shown(await run('exec', '-u', 'root', id, '--', ...look));
  await run('cp', `${id}:/root/f`, got);
  return [seen, (statSync(got).mode & 0o777).toString(8)];
};

/** Permissions and owner of a file of an archive that says whose it is. */
export const archivedFiles: RestProbe = async (rest) => {
  const id = await create(rest, { cmd: holdMain });
  await call(rest, 'POST', `/boxes/${id}/start`);
  const archive = pack();
  archive.entry({ name: 'f', mode: 0o640, uid: 1234, gid: 56 }, 'data\n');
  archive.finalize();
  const body = Buffer.concat(await Array.fromAsync(archive as AsyncIterable<Uint8Array>));
  await fetch(`${rest.url}/v1/boxes/${id}/files?path=/root`, { method: 'PUT', body });
  const answer = await fetch(`${rest.url}/v1/boxes/${id}/files?path=/root/f`);
  return (await unpack(Buffer.from(await answer.arrayBuffer()), 100)).map(({ mode, owner }) => [mode, owner]);
};
