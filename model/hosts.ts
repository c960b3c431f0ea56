import { markerOf } from '../domain/mount.ts';
import type { World } from './world.ts';

/** The world with a host directory in use, which has its marker from then on. */
export const withHost = (world: World, host: string): World =>
  world.hosts[host] ? world : withHostFile(world, host, 'marker', markerOf(host));

/** The world with a file of a host directory set. */
export const withHostFile = (world: World, host: string, file: string, data: string): World => ({
  ...world,
  hosts: { ...world.hosts, [host]: { ...world.hosts[host], [file]: data } },
});
