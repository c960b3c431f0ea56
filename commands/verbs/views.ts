import { z } from 'zod';
import { isCli, isSdk, surfaceSchema } from '../../domain/surface.ts';
import { predictInspect, predictList, predictSettle } from '../../model/predict/views.ts';
import { cli, rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { look } from '../paths.ts';
import { running } from '../pick.ts';

/** inspect, GET box. */
export const inspect = defineVerb({
  op: 'inspect',
  shape: { ...oneBox, by },
  effect: 'looks',
  weight: 5,
  themes: { 'main session': 5, ends: 5, options: 2, refusals: 5, recovery: 3, lifecycle: 5, network: 4 },
  refusals: 2,
  contract: { cli: ['2.7', '3.3'], rest: ['3.3', '4.4'] },
  predict: predictInspect,
  calls: look,
  // An SDK in local mode can do nothing with a box until it has got it anew.
  urge: ({ boxes }) =>
    Object.values(boxes).some(({ spent, status }) => spent && status !== 'removed') ? 6 : 1,
  // What ended with its server shows only while nothing boots it again.
  owed: (world) => running(world).some(({ adopted }) => adopted),
});

/** list, list -a, GET boxes. */
export const list = defineVerb({
  op: 'list',
  shape: { via: surfaceSchema, all: z.boolean() },
  effect: 'lists',
  weight: 3,
  themes: { ends: 3, lifecycle: 3, options: 1 },
  contract: { cli: ['2.7', '8.10'], rest: ['4.2', '8.10'] },
  predict: predictList,
  forms: () => [{ all: true }, { all: false }],
  calls: ({ via, all }) => {
    if (isCli(via)) return [cli(via, ['list', ...(all ? ['-a'] : []), '--format', 'json'], 'list')];
    return [isSdk(via) ? sdk(via, 'list_boxes', {}, 'boxes') : rest('GET', '/boxes', 'boxes')];
  },
});

/** Waits until the status word has caught up with the end of the main command (contract 7.1). */
export const settle = defineVerb({
  op: 'settle',
  shape: oneBox,
  effect: 'settles',
  weight: 1,
  themes: { streams: 1, 'main session': 1, ends: 1, lifecycle: 1 },
  waitS: 15,
  contract: { cli: ['7.1', '3.3'] },
  predict: predictSettle,
  calls: look,
  // Of the others it is known.
  likely: ({ on }, world) => (world.boxes[on]?.status === 'ending' ? 60 : 1),
});
