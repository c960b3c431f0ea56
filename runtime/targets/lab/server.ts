import { CLI_HOME, type Lab, SERVE_HOME } from '../../../lab/index.ts';
import { lookUntil } from '../../../machine/until.ts';
import { restClient } from '../../drivers/rest.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import { infrastructure } from './trouble.ts';

/** One look at the server; a runtime that hangs is reset, whatever it was asked. */
const LOOK_MS = 90_000;
const RESET_MS = 60_000;

/**
 * Waits until the server in the guest lists its boxes.
 * @throws InfrastructureError when it does not answer in time.
 */
export async function demandServer(lab: Pick<Lab, 'serveUrl' | 'apiKey'>, timeoutMs: number): Promise<void> {
  const client = restClient({ baseUrl: lab.serveUrl, apiKey: lab.apiKey });
  const look = async () =>
    (await client.request({ method: 'GET', path: '/v1/boxes' }, { timeoutMs: LOOK_MS })).status === 200;
  const answers = await lookUntil(look, (is) => is, timeoutMs).finally(() => client.close());
  if (answers) return;
  const since = `${timeoutMs / 1000} s after it should`;
  throw new InfrastructureError(`boxlite serve does not answer in the lab, ${since}`);
}

/** Empties both homes by force and waits for the server to be back. */
export async function resetLab(lab: Pick<Lab, 'run' | 'serveUrl' | 'apiKey'>): Promise<void> {
  await infrastructure(lab.run(['/opt/boxcheck/reset', CLI_HOME, SERVE_HOME], { timeoutMs: RESET_MS }));
  await demandServer(lab, RESET_MS);
}
