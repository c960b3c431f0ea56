import { plainSpec } from '../core/box.ts';
import { checkName, createBox } from '../core/create.ts';
import type { Box, Runtime } from '../core/runtime.ts';
import { localMounts, parseVolume } from '../core/volumes.ts';
import { anonymousDir } from '../home/layout.ts';
import type { CreateRequest } from './backend.ts';

/**
 * Stores a box asked for on the command line.
 * @throws Fault for a taken name or a bad volume (contract 2.2).
 */
export function makeLocal(runtime: Runtime, { name, volumes, ...rest }: CreateRequest): Box {
  checkName(runtime, name);
  const mounts = localMounts(volumes.map(parseVolume), anonymousDir(runtime.home));
  return createBox(runtime, name, { ...plainSpec, ...rest, ...mounts });
}
