import { hostDir } from '../../domain/mount.ts';
import { byteText, fileBelow } from '../../domain/text.ts';
import { predictHostWrite } from '../../model/predict/files.ts';
import { defineVerb } from '../define.ts';
import type { StepWith } from '../verb.ts';

const shape = { host: hostDir, file: fileBelow, data: byteText };
type HostWriteStep = StepWith<'host-write', typeof shape>;

/** A program outside the box writes into a mounted directory. Markers are never written: they are evidence. */
export const hostWrite = defineVerb({
  op: 'host-write',
  shape,
  effect: 'changes',
  weight: 1,
  themes: { volumes: 1 },
  contract: { cli: ['6.3'] },
  predict: predictHostWrite,
  candidates: (world) =>
    Object.keys(world.hosts)
      .filter((host) => !host.startsWith('~'))
      .map((host): HostWriteStep => ({ op: 'host-write', host, file: 'g', data: `host's ${host}\n` })),
  calls: ({ host, file, data }) => [{ call: 'host', host, file, data }],
});
