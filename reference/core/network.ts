import { defect } from '../defects/switch.ts';
import type { Policy } from '../guest/network.ts';
import { invalidArgument } from './fault.ts';
import { profile } from './profile.ts';

/** Whether a box reaches others, and whom, and may be reached (contract 12.5). */
export interface Network extends Policy {
  readonly inbound: boolean;
  /** It was made with an interface, which it keeps. */
  readonly hasDevice: boolean;
}

/** @throws Fault invalid-argument for what is no mode. */
export function isEnabled(mode: string): boolean {
  const word = mode.toLowerCase();
  if (word !== 'enabled' && word !== 'disabled') throw invalidArgument(`invalid network mode '${mode}'`);
  return word === 'enabled';
}

const hostName = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/i;
const addresses = /^\d+\.\d+\.\d+\.\d+(\/(\d|[12]\d|3[0-2]))?$/;

/** @throws Fault invalid-argument for a text that is no rule, and for rules of what is closed. */
export function checkPolicy({ outbound, rules }: Policy): void {
  const bad = rules.find((rule) => !addresses.test(rule.trim()) && !hostName.test(rule.trim()));
  if (bad !== undefined && profile.policies && !defect('bad-net-rule-accepted'))
    throw invalidArgument(`invalid allow_net rule '${bad}'`);
  if (!outbound && rules.length > 0)
    throw invalidArgument("network mode 'disabled' is incompatible with allow_net");
}

const shown = (isOn: boolean, rules: readonly string[]) => ({
  mode: isOn ? 'enabled' : 'disabled',
  allow_net: [...rules],
});

/** Makes a policy what is shown of it. */
export const networkJson = ({ outbound, inbound, rules }: Network) => ({
  outbound: shown(outbound, defect('net-rules-not-shown') ? [] : rules),
  inbound: shown(inbound, []),
});
