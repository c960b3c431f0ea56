import { readFile } from 'node:fs/promises';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import { LISTENER_PORT } from '../../../domain/network.ts';
import type { Lab } from '../../../lab/index.ts';

const CALL_MS = 60_000;

const answers = `b=/opt/boxcheck/busybox; i=0; while [ $i -lt $2 ]; do
[ "$(printf knock | timeout 5 $b nc -w 5 127.0.0.1 "$1")$(timeout 5 $b tftp -g -l - -r knock 127.0.0.1 "$1")" = knockknock ] && exit 0
i=$((i + 1)); sleep 0.2; done 2>/dev/null; exit 1`;

const starts =
  'cat >/run/boxcheck/listener.pl; setsid perl /run/boxcheck/listener.pl "$1" </dev/null >/dev/null 2>&1 &';

/**
 * Makes sure that something answers on the loopback of the guest, over TCP and UDP: a box that gets no answer there is
 * believed only beside one who does. It stays until the lab goes down.
 * @returns its port
 * @throws InfrastructureError when nothing does.
 */
export async function listenInLab(lab: Pick<Lab, 'run'>): Promise<number> {
  const script = (text: string, stdin: Uint8Array, ...more: string[]) =>
    lab.run(['sh', '-c', text, 'sh', `${LISTENER_PORT}`, ...more], { timeoutMs: CALL_MS, stdin });
  const nothing = new Uint8Array();
  if ((await script(answers, nothing, '1')).exit === 0) return LISTENER_PORT;
  await script(starts, await readFile(new URL('../../../lab/guest/listener.pl', import.meta.url)));
  if ((await script(answers, nothing, '25')).exit === 0) return LISTENER_PORT;
  throw new InfrastructureError(`nothing answers at port ${LISTENER_PORT} of the lab's loopback`);
}
