/** Address under which a box reaches the loopback of its host, and the names of both (contract 12.5). */
export const hostAlias = { address: '192.168.127.254', name: 'host.boxlite.internal' } as const;

/** The gateway of every box: nothing is said of what answers there, but that rules hold for it as for any address. */
export const gateway = '192.168.127.1';

/** What a box tries to reach. */
export const reachable = [hostAlias.address, hostAlias.name, gateway] as const;

/** Rules of whom a box may reach; false for a text that is no rule from 0.10.8 on (contract 12.5). */
export const netRules = {
  '192.168.127.254': true,
  '192.168.127.0/24': true,
  '192.168.127.254/32': true,
  '10.0.0.0/8': true,
  '192.168.126.0/24': true,
  'example.org': true,
  '*.example.org': true,
  '192.168.127.254:80': false,
  '192.168.127.0/33': false,
  'fd00::1': false,
  '10.0.0.1,10.0.0.2': false,
} as const satisfies Record<string, boolean>;

/** A NetRule is one of them. */
export type NetRule = keyof typeof netRules;

/** Whom a box may reach. */
export interface Policy {
  readonly mode: 'enabled' | 'disabled';
  /** Empty: everybody. */
  readonly rules: readonly NetRule[];
}

/** Rules as they are compared: in no order. */
export const rulesText = (rules: readonly string[]): string => rules.toSorted().join(' ');

/** A policy as it is compared. */
export const policyText = (mode: string, rules: readonly string[] = []): string =>
  `${mode} ${rulesText(rules)}`.trimEnd();

/** The port of the loopback at which a listener answers where nobody says another one. */
export const LISTENER_PORT = 47_254;

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether a rule covers an IPv4 address; one that names hosts covers none. */
export function covers(rule: string, address: string): boolean {
  const [base = '', bits = '32'] = rule.split('/');
  if (!/^[\d.]+$/u.test(base)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size);
}
