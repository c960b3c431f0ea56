import { z } from 'zod';
import { data, expanded } from '../../domain/fill.ts';
import { hostPort } from '../../domain/port.ts';
import { askedPorts, hostPortsOf } from '../../model/ports.ts';
import { predictConnect, predictListen } from '../../model/predict/ports.ts';
import { isUp, type World } from '../../model/world.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { simplerData } from '../simpler-data.ts';
import type { StepWith } from '../verb.ts';

const connectShape = { host: hostPort, data, twice: z.literal(true).optional() };
type ConnectStep = StepWith<'connect', typeof connectShape>;

/** All that a stream of text might lose, and more than one segment. */
const sent = ['token\n', { pattern: 'bytes', size: 3_000 } as const];

/** How much a client tells by who is at the port: most where a box serves it, nothing of BoxLite where somebody else has it. */
const worth = {
  held: { likely: 1, urge: 0.3 },
  nobody: { likely: 1, urge: 0.3 },
  'at-rest': { likely: 4, urge: 1 },
  silent: { likely: 4, urge: 1 },
  served: { likely: 16, urge: 3 },
} as const;

/** Who is at a port of the machine. */
function conditionOf(world: World, host: number): keyof typeof worth {
  if (world.held.includes(host)) return 'held';
  const boxes = Object.values(world.boxes).filter((box) => hostPortsOf(box).includes(host));
  const up = boxes.find(isUp);
  if (!up) return boxes.length > 0 ? 'at-rest' : 'nobody';
  const isServed = up.options.ports?.some((port) => port.host === host && up.serving.includes(port.box));
  return isServed ? 'served' : 'silent';
}

/** A client of a port of the runtime's machine: what it sends comes back where a box serves that port. */
export const connect = defineVerb({
  op: 'connect',
  shape: connectShape,
  effect: 'looks',
  weight: 3,
  waitS: 10,
  themes: { ports: 14 },
  contract: { cli: ['14.3'] },
  predict: predictConnect,
  situation: (world, { host }) => conditionOf(world, host),
  likely: ({ host }, world) => worth[conditionOf(world, host)].likely,
  urge: (world) =>
    Math.max(worth.nobody.urge, ...askedPorts(world).map((host) => worth[conditionOf(world, host)].urge)),
  candidates: (world) =>
    askedPorts(world).flatMap((host) =>
      sent.flatMap((data): ConnectStep[] => [
        { op: 'connect', host, data },
        { op: 'connect', host, data, twice: true },
      ]),
    ),
  calls: ({ host, data: told, twice }) => [
    { call: 'connect', port: host, data: expanded(told), count: twice ? 2 : 1 },
  ],
  shrink: function* (step) {
    yield* without(step, 'twice');
    for (const data of simplerData(step.data, 'token\n')) yield { ...step, data };
  },
});

const listenShape = { host: hostPort };
type ListenStep = StepWith<'listen', typeof listenShape>;

/** Another program takes a port of the runtime's machine, and keeps it. */
export const listen = defineVerb({
  op: 'listen',
  shape: listenShape,
  effect: 'changes',
  weight: 1,
  themes: { ports: 2 },
  contract: { cli: ['14.3'] },
  predict: predictListen,
  candidates: (world) =>
    [1, 2].flatMap((host): ListenStep[] => (world.held.length > 0 ? [] : [{ op: 'listen', host }])),
  calls: ({ host }) => [{ call: 'listen', port: host }],
});
