import { defect } from '../defects/switch.ts';

/** Whom a guest may reach: nobody, everybody, or what a rule covers. */
export interface Policy {
  readonly outbound: boolean;
  /** Empty: everybody. */
  readonly rules: readonly string[];
}

/** Behind it is the loopback of the host. */
const host = ['192.168.127.254', 'host.boxlite.internal'];

const bitsOf = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');

function isCovered(rule: string): boolean {
  const [base = '', length = '32'] = rule.split('/');
  if (!/^[0-9.]+$/.test(base)) return false;
  return bitsOf(`${host[0]}`).startsWith(bitsOf(base).slice(0, Number(length)));
}

/** Whether a guest reaches the loopback of its host at an address. */
export function reaches({ outbound, rules }: Policy, to: string, by: string): boolean {
  if (!host.includes(to)) return false;
  if (!outbound) return defect('closed-network-reaches-host');
  if (rules.length === 0 || rules.some(isCovered)) return !(by === 'udp' && defect('udp-lost'));
  return defect('net-rules-ignored') || (by === 'udp' && defect('udp-not-filtered'));
}
