import { z } from 'zod';
import { boxRef } from '../../domain/handle.ts';
import { allowNet, networkMode } from '../../domain/options.ts';
import { isCli, plainSchema } from '../../domain/surface.ts';
import { predictSetNetwork } from '../../model/predict/network.ts';
import { directionField, ruleFlags } from '../box-option-calls.ts';
import { cli, rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { running } from '../pick.ts';
import { without } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = {
  via: plainSchema,
  on: boxRef,
  by,
  /** Whom others may reach it from, which cannot be changed. */
  inbound: z.literal(true).optional(),
  mode: networkMode,
  allowNet: allowNet.optional(),
};

/** Policies that let a box reach its host or not, and what is refused. */
const forms: Pick<StepWith<'set-network', typeof shape>, 'mode' | 'allowNet' | 'inbound'>[] = [
  { mode: 'enabled' },
  { mode: 'disabled' },
  { mode: 'enabled', allowNet: ['10.0.0.0/8'] },
  { mode: 'enabled', allowNet: ['192.168.127.254'] },
  { mode: 'enabled', allowNet: ['192.168.127.0/24', 'example.org'] },
  { mode: 'enabled', allowNet: ['*.example.org'] },
  { mode: 'enabled', allowNet: ['fd00::1'] },
  { mode: 'disabled', allowNet: ['10.0.0.0/8'] },
  { mode: 'enabled', inbound: true },
];

/** network outbound, PUT network/outbound: whom a box that runs may reach from now on. */
export const setNetwork = defineVerb({
  op: 'set-network',
  shape,
  effect: 'changes',
  weight: 1,
  themes: { network: 16, options: 3, copies: 1, refusals: 1 },
  refusals: 6,
  contract: { cli: ['12.6'] },
  predict: predictSetNetwork,
  forms: () => forms,
  urge: (world) => (running(world).length > 0 ? 2 : 1),
  calls: (step) => {
    const { via, mode, allowNet: rules } = step;
    const direction = step.inbound ? 'inbound' : 'outbound';
    if (isCli(via))
      return [cli(via, ['network', direction, typed(via, step), mode, ...ruleFlags(rules)], 'done')];
    const json = directionField(mode, rules);
    return [rest('PUT', boxPath(step, `/network/${direction}`), 'policy', { json })];
  },
  shrink: (step) => without(step, 'by', 'allowNet'),
});
