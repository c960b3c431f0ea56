import type { BoxSpec } from '../core/box.ts';
import { checkName, createBox } from '../core/create.ts';
import { Fault } from '../core/fault.ts';
import type { Box, Runtime } from '../core/runtime.ts';
import { localMounts, parseVolume } from '../core/volumes.ts';
import { anonymousDir } from '../home/layout.ts';
import type { CreateRequest } from './backend.ts';

/**
 * Stores a box asked for on the command line.
 * @throws Fault for a taken name, a bad volume, or a deadline, which only a server can keep (contract 2.2).
 */
export function makeLocal(runtime: Runtime, request: CreateRequest): Box {
  checkName(runtime, request.name);
  return createBox(runtime, request.name, specOf(runtime.home, request));
}

function specOf(home: string, request: CreateRequest): BoxSpec {
  if (request.autoStopS !== undefined || request.autoDeleteS !== undefined || !request.autoResume)
    throw new Fault('unsupported', 'unsupported: a deadline needs a server to enforce it; use --url');
  const { volumes, name: _name, autoStopS: _stop, autoDeleteS: _delete, ...rest } = request;
  const mounts = localMounts(volumes.map(parseVolume), anonymousDir(home));
  return { ...rest, ...mounts, autoStopS: 0, autoDeleteS: 0 };
}
