import { invalidArgument } from './fault.ts';

/** Whether a box reaches others, and may be reached (contract 12.5). */
export type Network = Record<'outbound' | 'inbound', boolean>;

/** @throws Fault invalid-argument for what is no mode. */
export function isEnabled(mode: string): boolean {
  const word = mode.toLowerCase();
  if (word !== 'enabled' && word !== 'disabled') throw invalidArgument(`invalid network mode '${mode}'`);
  return word === 'enabled';
}

const policy = (isOn: boolean) => ({ mode: isOn ? 'enabled' : 'disabled', allow_net: [] });

/** Makes a policy what is shown of it. */
export const networkJson = ({ outbound, inbound }: Network) => ({
  outbound: policy(outbound),
  inbound: policy(inbound),
});
