import { defect } from '../defects/switch.ts';
import type { Policy } from '../guest/network.ts';
import { invalidState, isVmGone, unsupported } from './fault.ts';
import { checkPolicy } from './network.ts';
import { alone, type Box, type Runtime, update } from './runtime.ts';

/**
 * Replaces whom a running box may reach (contract 12.6).
 * @throws Fault invalid-argument for the policy, invalid-state, unsupported for a box without an interface and for
 * inbound: whom a box is reached by is settled at its creation.
 */
export async function setPolicy(
  runtime: Runtime,
  box: Box,
  direction: 'outbound' | 'inbound',
  asked: Policy,
): Promise<void> {
  if (direction === 'inbound') throw unsupported('inbound policy updates are not supported');
  await setOutbound(runtime, box, asked);
}

const setOutbound = (runtime: Runtime, box: Box, asked: Policy): Promise<void> =>
  alone(box, async () => {
    const { spec, status, id } = box.record;
    checkPolicy(asked);
    if (status !== 'running' && !defect('policy-of-stopped-box-accepted')) throw atRest();
    if (!spec.network.hasDevice) throw unsupported('box networking is disabled');
    const merged = [...new Set([...spec.network.rules, ...asked.rules])];
    const policy = asked.outbound && defect('policy-merged') ? { ...asked, rules: merged } : asked;
    if (status === 'running' && !defect('policy-without-effect'))
      await (await runtime.hypervisor()).setPolicy(id, policy).catch((error) => {
        throw isVmGone(error) ? atRest() : error;
      });
    update(runtime, box, { spec: { ...spec, network: { ...spec.network, ...policy } } });
  });

const atRest = () => invalidState('outbound policy updates require a running box');
