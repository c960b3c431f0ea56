import { execRef } from '../../domain/handle.ts';
import { type Sdk, sdkSchema } from '../../domain/surface.ts';
import { predictFollow } from '../../model/predict/attach.ts';
import { predictDropSdk } from '../../model/predict/ends.ts';
import type { World } from '../../model/world.ts';
import { sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import type { StepWith } from '../verb.ts';

const followShape = { via: sdkSchema, exec: execRef };
type FollowStep = StepWith<'follow', typeof followShape>;

const heldIn = (world: World) =>
  Object.values(world.execs).flatMap(({ handle: exec, held }) => (held ? [{ exec, ...held }] : []));

/** The streams of an execution that an SDK holds, read late, or once more, and its end. */
export const follow = defineVerb({
  op: 'follow',
  shape: followShape,
  effect: 'looks',
  weight: 5,
  themes: { streams: 4, executions: 6, outputs: 2, recovery: 3 },
  needs: ['spawn'],
  contract: { cli: ['15.2', '5.4'] },
  predict: predictFollow,
  candidates: (world, { surfaces }) =>
    heldIn(world).flatMap(({ exec, via }): FollowStep[] =>
      surfaces.has(via) ? [{ op: 'follow', via, exec }] : [],
    ),
  calls: ({ via, exec }) => [sdk(via, 'follow', { execution: exec }, 'followed')],
  owed: (world) => heldIn(world).some(({ read }) => !read),
});

const attached = (world: World) => Object.values(world.attaches);

/** Without anything that it holds there is nothing to lose. */
const holds = (some: readonly { readonly via: unknown }[], sdk: Sdk): boolean =>
  some.some(({ via }) => via === sdk);

const dropShape = { via: sdkSchema };
type DropStep = StepWith<'drop-sdk', typeof dropShape>;

/** The process of an SDK dies without a word; what comes after is asked by another one. */
export const dropSdk = defineVerb({
  op: 'drop-sdk',
  shape: dropShape,
  effect: 'changes',
  weight: 1,
  themes: { streams: 1, executions: 2, recovery: 4 },
  needs: ['spawn'],
  contract: { cli: ['5.4', '15.2'] },
  predict: predictDropSdk,
  candidates: (world, { surfaces }) =>
    dropShape.via.options
      .filter((via) => surfaces.has(via) && (holds(heldIn(world), via) || holds(attached(world), via)))
      .map((via): DropStep => ({ op: 'drop-sdk', via })),
  calls: ({ via }) => [{ call: 'drop-sdk', via }],
});
