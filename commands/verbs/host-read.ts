import { hostDir } from '../../domain/mount.ts';
import { fileBelow } from '../../domain/text.ts';
import { predictHostRead } from '../../model/predict/files.ts';
import { defineVerb } from '../define.ts';
import type { StepWith } from '../verb.ts';

const shape = { host: hostDir, file: fileBelow };
type HostReadStep = StepWith<'host-read', typeof shape>;

/** What lies in a mounted directory, seen from outside the box. */
export const hostRead = defineVerb({
  op: 'host-read',
  shape,
  effect: 'looks',
  weight: 2,
  themes: { volumes: 3 },
  needs: ['exec'],
  contract: { cli: ['6.3'] },
  predict: predictHostRead,
  candidates: (world) =>
    Object.keys(world.hosts)
      .filter((host) => !host.startsWith('~'))
      .flatMap((host) => ['marker', 'g'].map((file): HostReadStep => ({ op: 'host-read', host, file }))),
  calls: ({ host, file }) => [{ call: 'host', host, file }],
});
