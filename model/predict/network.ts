import { utf8 } from '../../domain/bytes.ts';
import { deadlines } from '../../domain/deadlines.ts';
import { type NetRule, policyText } from '../../domain/network.ts';
import type { Surface } from '../../domain/surface.ts';
import type { Expect } from '../expect.ts';
import { policyMistakes, policyOf } from '../network.ts';
import { allow, done, type Outcome, type Prediction, refused } from '../outcome.ts';
import type { Profile } from '../profile.ts';
import type { Reason } from '../reasons.ts';
import { type Box, findBox, type World, withBox } from '../world.ts';

interface SetNetwork {
  readonly via: Surface;
  readonly on: string;
  readonly mode: 'enabled' | 'disabled';
  readonly allowNet?: readonly NetRule[] | undefined;
  readonly inbound?: boolean | undefined;
}

/**
 * Why it cannot be changed in this state: a box without an interface has none to open. One that has come up without
 * rules to reach anybody may have none either.
 */
function obstacles(box: Box): { must: Reason[]; may: Reason[] } {
  const off = box.options.outbound === 'disabled';
  const rest = box.status !== 'running';
  const must: Reason[] = [
    ...(rest ? (['network-at-rest'] as const) : []),
    ...(off ? (['network-off'] as const) : []),
  ];
  if (box.status === 'ending' && !off) return { must: [], may: ['network-at-rest'] };
  return { must, may: policyOf(box).mode === 'disabled' ? ['network-off'] : [] };
}

/** REST tells the whole policy. */
const told = ({ via, mode, allowNet }: SetNetwork): Expect =>
  via === 'rest' ? { is: 'bytes', data: { exactly: utf8(policyText(mode, allowNet)) } } : { is: 'done' };

/** `network outbound`, PUT network/outbound: the policy is replaced, for a box that runs (contract 12.6). */
export function predictSetNetwork(world: World, step: SetNetwork, profile: Profile): Prediction | null {
  if (!profile.policies || (step.inbound && step.allowNet)) return null;
  const box = findBox(world, step.on, step.via);
  if (box?.status === 'primed') return null;
  const refuse = (first: Reason, ...others: Reason[]): Prediction =>
    allow(deadlines.commandMs, refused(first, world), ...others.map((one) => refused(one, world)));
  const [bad, ...more] = policyMistakes(step.mode, step.allowNet);
  // The contract orders a body's form, the box and its state; whether a rule is one may be asked at any of them.
  if (bad)
    return refuse(bad, ...more, ...(box ? Object.values(obstacles(box)).flat() : ['unknown-box' as const]));
  if (!box) return refuse('unknown-box', ...(step.inbound ? (['network-inbound'] as const) : []));
  const { must, may } = obstacles(box);
  if (step.inbound) return refuse('network-inbound', ...must);
  const [why, ...others] = must;
  if (why) return refuse(why, ...others);
  const policy = { mode: step.mode, rules: step.allowNet ?? [] };
  const after: Outcome = done('changed', withBox(world, box.handle, { policy }), told(step));
  return allow(deadlines.commandMs, after, ...may.map((one) => refused(one, world)));
}
