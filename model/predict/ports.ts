import { deadlines } from '../../domain/deadlines.ts';
import { type Data, expanded } from '../../domain/fill.ts';
import { HELD } from '../../domain/port.ts';
import { allow, done, type Outcome, type Prediction } from '../outcome.ts';
import { hostPortsOf } from '../ports.ts';
import { isUnclear } from '../unclear.ts';
import type { World } from '../world.ts';

/** A client of a port of the runtime's machine. */
interface Connecting {
  readonly host: number;
  readonly data: Data;
  readonly twice?: boolean | undefined;
}

/**
 * What comes back from a port: of a box that runs, what the service behind it says; of one that nobody has published,
 * nothing, for nobody listens (contract 14.3). Between the two a client may be accepted and told nothing.
 */
export function predictConnect(world: World, { host, data, twice }: Connecting): Prediction | null {
  const times = twice ? 2 : 1;
  const told = (bytes: string): Outcome =>
    done('answered', world, { is: 'bytes', data: { exactly: bytes.repeat(times) } });
  const nobody = done('nobody', world, { is: 'bytes', data: null });
  if (world.held.includes(host)) return allow(deadlines.commandMs, told(HELD));
  const boxes = Object.values(world.boxes).filter((box) => hostPortsOf(box).includes(host));
  if (boxes.some(({ status }) => isUnclear(status) || status === 'primed')) return null;
  const up = boxes.find(({ status }) => status === 'running');
  const port = up?.options.ports?.find((one) => one.host === host);
  if (!up || !port) {
    const pollMs =
      deadlines.goneMs + (boxes.some(({ status }) => status === 'ending') ? deadlines.settleMs : 0);
    return { ...allow(deadlines.commandMs, nobody), pollMs };
  }
  if (up.serving.includes(port.box))
    return { ...allow(deadlines.commandMs, told(expanded(data))), pollMs: deadlines.arriveMs };
  return allow(deadlines.commandMs, done('silent', world, { is: 'bytes', data: { exactly: '' } }), nobody);
}

/** Another program takes a port that nobody has, or that a box had a while ago. */
export function predictListen(world: World, { host }: Pick<Connecting, 'host'>): Prediction | null {
  if (world.held.includes(host)) return null;
  const boxes = Object.values(world.boxes).filter((box) => hostPortsOf(box).includes(host));
  const isFree = ({ status }: { status: string }) =>
    ['configured', 'stopped', 'failed', 'removed'].includes(status);
  if (!boxes.every(isFree)) return null;
  return allow(
    deadlines.commandMs + deadlines.goneMs,
    done('listening', { ...world, held: [...world.held, host] }),
  );
}
