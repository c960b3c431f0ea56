import type { Work } from '../domain/work.ts';
import { type Box, isUp, type World } from './world.ts';

/** The port that a command serves, if that is what it does. */
export const servedBy = (work: Work): number[] => (work.do === 'serve' ? [work.port] : []);

/** Ports of the machine that were asked for a box. */
export const hostPortsOf = ({ options: { ports = [] } }: Pick<Box, 'options'>): number[] =>
  ports.flatMap(({ host }) => (host === undefined ? [] : [host]));

/** Ports of the machine that boxes were asked for, all or some of a world's, or that another program holds. */
export const askedPorts = ({ boxes, held }: World, some: readonly Box[] = Object.values(boxes)): number[] => [
  ...new Set([...some.flatMap(hostPortsOf), ...held]),
];

/**
 * Whether somebody else has a port that a box asks for: another program, or another box. One that was up a moment ago
 * may still have it: it has five seconds (contract 14.3), and a world knows no time.
 */
export function takenPorts(world: World, box: Box): 'yes' | 'no' | 'maybe' {
  const wanted = hostPortsOf(box);
  if (wanted.length === 0) return 'no';
  if (wanted.some((port) => world.held.includes(port))) return 'yes';
  const others = Object.values(world.boxes).filter(
    (other) =>
      other.handle !== box.handle &&
      other.home === box.home &&
      hostPortsOf(other).some((port) => wanted.includes(port)),
  );
  if (others.some(({ status }) => status === 'running')) return 'yes';
  return others.some((other) => other.runs > 0 || isUp(other)) ? 'maybe' : 'no';
}
