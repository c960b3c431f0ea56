import { utf8 } from '../domain/bytes.ts';
import { covers, gateway, hostAlias, netRules, type Policy } from '../domain/network.ts';
import type { Work } from '../domain/work.ts';
import type { BytesExpect } from './expect.ts';
import type { Reason } from './reasons.ts';
import type { Box } from './world.ts';

/** What is wrong with a policy that is asked for. */
export function policyMistakes(mode: Policy['mode'] | undefined, rules: Policy['rules'] = []): Reason[] {
  const reasons: Reason[] = [];
  if (!areRules(rules)) reasons.push('network-rule');
  if (mode === 'disabled' && rules.length > 0) reasons.push('network-off-with-rules');
  return reasons;
}

/** Whether all of these are rules. */
export const areRules = (rules: Policy['rules'] = []): boolean => rules.every((rule) => netRules[rule]);

/** The policy in force: what it was last given while it ran, else what it was asked for at its creation. */
export const policyOf = ({ policy, options }: Pick<Box, 'policy' | 'options'>): Policy =>
  policy ?? { mode: options.outbound ?? 'enabled', rules: options.allowNet ?? [] };

/** The network interface that a guest shows: one that it was asked not to have it has not; a later policy is silent. */
export function linkOf({ options: { outbound }, policy }: Box): BytesExpect {
  if (policy && outbound !== 'disabled') return { anything: true };
  return outbound === undefined ? { anything: true } : { exactly: outbound === 'enabled' ? 'eth0\n' : '' };
}

/** What comes back to a box of what it sends: all of it, or nothing (contract 12.5). */
export function echoOf(box: Box, { to, token }: Extract<Work, { do: 'reach' }>): BytesExpect {
  const { mode, rules } = policyOf(box);
  const address = to === hostAlias.name ? hostAlias.address : to;
  const isOpen = rules.length === 0 || rules.some((rule) => covers(rule, address));
  if (mode === 'disabled' || !isOpen) return { exactly: '' };
  return to === gateway ? { anything: true } : { exactly: utf8(token) };
}
