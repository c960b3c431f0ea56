import { type Data, data, expanded } from '../../domain/fill.ts';
import { hostDir } from '../../domain/mount.ts';
import { fileBelow } from '../../domain/text.ts';
import { predictHostRead, predictHostWrite } from '../../model/predict/files.ts';
import type { World } from '../../model/world.ts';
import { defineVerb } from '../define.ts';
import { fileData, often } from '../fills.ts';
import { simplerData } from '../simpler-data.ts';
import type { StepWith } from '../verb.ts';

/** Directories of the host that are mounted, without anonymous volumes: only the runtime knows where these lie. */
const namedDirs = (world: World): string[] =>
  Object.keys(world.hosts).filter((host) => !host.startsWith('~'));

/** A name that is awkward for what knows only ASCII. */
const AWKWARD = 'ü';

const hostWriteShape = { host: hostDir, file: fileBelow, data };
type HostWriteStep = StepWith<'host-write', typeof hostWriteShape>;

/** A program outside the box writes into a mounted directory. Markers are never written: they are evidence. */
export const hostWrite = defineVerb({
  op: 'host-write',
  shape: hostWriteShape,
  effect: 'changes',
  weight: 1,
  themes: { volumes: 4 },
  contract: { cli: ['6.3'] },
  predict: predictHostWrite,
  candidates: (world) =>
    namedDirs(world).flatMap((host) =>
      ['g', AWKWARD].map(
        (file): HostWriteStep => ({ op: 'host-write', host, file, data: `host's ${host}\n` }),
      ),
    ),
  likely: ({ file }) => (file === 'g' ? 4 : 1),
  vary: (step) => often<HostWriteStep, Data>(step, fileData, (data) => ({ ...step, data })),
  shrink: function* (step) {
    for (const data of simplerData(step.data, 'data\n')) yield { ...step, data };
  },
  calls: ({ host, file, data: told }) => [{ call: 'host', host, file, data: expanded(told) }],
});

const hostReadShape = { host: hostDir, file: fileBelow };
type HostReadStep = StepWith<'host-read', typeof hostReadShape>;

/** What lies in a mounted directory, seen from outside the box. */
export const hostRead = defineVerb({
  op: 'host-read',
  shape: hostReadShape,
  effect: 'looks',
  weight: 2,
  themes: { volumes: 7 },
  needs: ['exec'],
  contract: { cli: ['6.3'] },
  predict: predictHostRead,
  candidates: (world) =>
    namedDirs(world).flatMap((host) =>
      ['marker', 'g', ...(AWKWARD in (world.hosts[host] ?? {}) ? [AWKWARD] : [])].map(
        (file): HostReadStep => ({ op: 'host-read', host, file }),
      ),
    ),
  likely: ({ host, file }, world) => (file in (world.hosts[host] ?? {}) ? (file === 'g' ? 12 : 4) : 1),
  calls: ({ host, file }) => [{ call: 'host', host, file }],
});
