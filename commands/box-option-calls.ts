import type { BoxOptions } from '../domain/options.ts';
import { badPorts, type Port } from '../domain/port.ts';
import type { Json, Text } from './calls.ts';

/** Flags for what a box is to have. */
export function boxFlags(options: BoxOptions): Text[] {
  const { cpus, memoryMib, diskGb, capAdd = [], capDrop = [], outbound, inbound, allowNet } = options;
  const { autoStopS, autoDeleteS, autoResume, ports = [], badPort } = options;
  return [
    ...flag('--cpus', cpus),
    ...flag('--memory', memoryMib),
    ...flag('--disk-size', diskGb),
    ...capAdd.flatMap((name) => flag('--cap-add', name)),
    ...capDrop.flatMap((name) => flag('--cap-drop', name)),
    ...flag('--network', outbound),
    ...ruleFlags(allowNet),
    ...flag('--inbound', inbound),
    ...ports.flatMap((port) => ['-p', portText(port)]),
    ...(badPort === undefined ? [] : ['-p', badPorts[badPort]]),
    ...flag('--auto-stop', autoStopS),
    ...flag('--auto-delete', autoDeleteS),
    ...(autoResume === false ? ['--no-auto-resume'] : []),
  ];
}

/** A port as the text of `-p` (contract 14.3). */
const portText = ({ host, box, tcp }: Port): Text => [
  ...(host === undefined ? [] : [{ $: 'port', port: host } as const, ':']),
  `${box}${tcp ? '/tcp' : ''}`,
];

const flag = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [name, `${value}`];

/** The same as fields of a body. */
export function boxFields(options: BoxOptions): { [key: string]: Json } {
  const { cpus, memoryMib, diskGb, capAdd, capDrop } = options;
  const { autoStopS, autoDeleteS, autoResume } = options;
  const fields = {
    cpus,
    memory_mib: memoryMib,
    disk_size_gb: diskGb,
    auto_stop: autoStopS,
    auto_delete: autoDeleteS,
    auto_resume: autoResume,
    ...(capAdd || capDrop
      ? { advanced: { capabilities: { add: [...(capAdd ?? [])], drop: [...(capDrop ?? [])] } } }
      : {}),
    network: networkField(options),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [key: string]: Json;
  };
}

/** The policy of a network; a direction that is not asked for is left out, rules alone are of one that is enabled. */
function networkField({ outbound, inbound, allowNet }: BoxOptions): Json | undefined {
  if (!outbound && !inbound && !allowNet) return undefined;
  return {
    ...(outbound || allowNet ? { outbound: directionField(outbound ?? 'enabled', allowNet) } : {}),
    ...(inbound ? { inbound: directionField(inbound) } : {}),
  };
}

/** A policy in one direction. */
export const directionField = (mode: string, rules?: readonly string[]): { [key: string]: Json } => ({
  mode,
  ...(rules && { allow_net: [...rules] }),
});

/** Flags for rules of whom a box may reach. */
export const ruleFlags = (rules: readonly string[] = []): string[] =>
  rules.flatMap((rule) => flag('--allow-net', rule));
