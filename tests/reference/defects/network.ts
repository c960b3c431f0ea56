import { argvOf } from '../../../commands/work.ts';
import type { DefectName } from '../../../reference/defects.ts';
import { holdMain } from '../fake/work.ts';
import { call, create, idOf, listen, plain, type Rest, type RestProbe, seen } from './over-rest.ts';

const host = '192.168.127.254';
const closed = { mode: 'enabled', allow_net: ['10.0.0.0/8'] };

/** What comes back to a box of what it sends to its host. */
async function reached(rest: Rest, box: string): Promise<unknown> {
  const [command, ...args] = argvOf({ do: 'reach', to: host, by: 'tcp', token: 'knock' });
  const { text } = await call(rest, 'POST', `/boxes/${box}/exec`, { command, args });
  return seen(await listen(rest, `/boxes/${box}/executions/${idOf(text)}/attach`))[0];
}

/** Whom a box may reach: asked for, shown, changed while it runs and at rest, kept over a run and in a clone. */
export const policing: RestProbe = async (rest) => {
  const made = { rootfs_path: rest.rootfs, entrypoint: ['sh'], cmd: holdMain.slice(1) };
  const ask = (method: string, path: string, json?: unknown) => call(rest, method, `/boxes${path}`, json);
  const bad = await ask('POST', '', {
    ...made,
    network: { outbound: { mode: 'enabled', allow_net: ['::1'] } },
  });
  const box = await create(rest, { ...made, network: { outbound: closed } });
  const change = async (policy: unknown) =>
    plain((await ask('PUT', `/${box}/network/outbound`, policy)).text);
  const shown = JSON.parse((await ask('GET', `/${box}`)).text).network;
  const said: unknown[] = [bad.status, shown, await change(closed)];
  await ask('POST', `/${box}/start`);
  said.push(await reached(rest, box), await change({ mode: 'enabled', allow_net: [] }));
  said.push(
    await reached(rest, box),
    await change(closed),
    await change({ mode: 'enabled', allow_net: [host] }),
  );
  said.push(await change(closed), await reached(rest, box));
  await ask('POST', `/${box}/stop`);
  await ask('POST', `/${box}/start`);
  said.push(await reached(rest, box));
  await ask('POST', `/${box}/stop`);
  const { text } = await ask('POST', `/${box}/clone`, { name: 'copy' });
  said.push(JSON.parse((await ask('GET', `/${idOf(text)}`)).text).network);
  return said;
};

/** What {@link policing} shows. */
export const policed = [
  'bad-net-rule-accepted',
  'net-rules-not-shown',
  'policy-of-stopped-box-accepted',
  'policy-merged',
  'policy-without-effect',
  'policy-forgotten-at-start',
  'clone-forgets-net-rules',
] as const satisfies DefectName[];
