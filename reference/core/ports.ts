import { defect } from '../defects/switch.ts';
import type { PortSpec } from '../vm/port.ts';
import { Fault, invalidArgument } from './fault.ts';

/** Reads a text of `-p`: `[HOST:]BOX[/tcp]` (contract 14.3). @throws Fault. */
export function parsePort(text: string): PortSpec {
  if (text === '') throw invalidArgument('empty port spec');
  const [numbers = '', protocol = 'tcp'] = text.split('/');
  if (protocol === 'udp' && !defect('udp-accepted'))
    throw new Fault('unsupported', 'unsupported: UDP port forwarding is not implemented; use TCP');
  if (protocol !== 'tcp' && protocol !== 'udp') throw invalidArgument(`invalid protocol '${protocol}'`);
  const [guest = '', host, ...more] = numbers.split(':').reverse();
  if (more.length > 0) throw invalidArgument(`invalid port spec '${text}'`);
  return { host: host === undefined ? 0 : numberOf(host), guest: numberOf(guest) };
}

function numberOf(text: string): number {
  if (!/^\d+$/.test(text)) throw invalidArgument(`invalid port number '${text}'`);
  const number = Number(text);
  if ((number < 1 || number > 65_535) && !defect('port-range-unchecked'))
    throw invalidArgument(`port must be 1-65535, got ${number}`);
  return number;
}
