import { holdMain } from '../fake/work.ts';
import { detached, type LocalProbe, shown } from './over-cli.ts';

/** What a home tells of its boxes. */
export const telling: LocalProbe = async (local) => {
  const { run } = local;
  const id = await detached(local, '--', ...holdMain);
  const failing = (await run('create', 'alpine', '/no/such')).out.trim();
  await run('start', failing);
  const said = [
    shown(await run('stats', id, '--format', 'json')),
    shown(await run('info', '--format', 'json')),
    shown(await run('logs', id, '-n', '1')),
  ];
  await run('stop', id);
  return [...said, shown(await run('logs', id), id), shown(await run('logs', id), id)];
};
