import { invalidBodies } from '../../../domain/invalid-body.ts';
import type { Mount } from '../../../domain/mount.ts';
import { homeOf } from '../../../model/lookup.ts';
import type { StepOf } from '../../../program/step.ts';
import { commandOf, jsonWord, line, raw } from '../line.ts';
import type { Word } from '../quote.ts';
import { hostDirs, imageArgs, mountWord } from './image.ts';
import { hex, input } from './input.ts';

type Creating = StepOf<'run'> | StepOf<'create'> | StepOf<'foreground'>;

/** run, create and foreground run (contract 2.2, 2.3, 4.4). */
export function creating(step: Creating): string[] {
  const lines = [...hostDirs(step.mounts), ...(step.via === 'rest' ? byRest(step) : byCli(step))];
  const kept = !(step.op === 'foreground' && step.rm);
  return kept ? [...lines, `learn ${step.as} ${homeOf(step.via)}`] : lines;
}

function byCli(step: Creating): string[] {
  const main = step.main && commandOf(step.main, 'main');
  const stdin = step.op === 'foreground' ? step.stdin : undefined;
  const words = [
    step.op === 'create' ? 'create' : 'run',
    ...(step.op === 'run' ? ['-d'] : []),
    ...(step.op === 'foreground' && step.rm ? ['--rm'] : []),
    ...(stdin === undefined ? [] : ['-i']),
    ...(step.name === undefined ? [] : ['--name', step.name]),
    ...(step.mounts ?? []).flatMap((mount) => ['-v', mountWord(mount)]),
    ...Object.entries(main?.env ?? {}).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
  ];
  return input(stdin, line(raw(step.via), ...words, imageArgs, ...(main?.argv ?? [])));
}

/** The id is learnt from the creation's answer; what is judged is the last answer. */
function byRest(step: Creating): string[] {
  const create = line(raw('rest_json POST ""'), createBody(step));
  if (step.op === 'create') return [create];
  const next = step.op === 'run' ? ['rest POST "/$new/start"'] : foreground(step);
  return [
    create,
    'if [ "$STATUS" = 201 ]; then',
    '  new=$(field box_id)',
    ...next.map((one) => `  ${one}`),
    'fi',
  ];
}

/** Attach first, then start: how output is had from its first byte (contract 5.5). */
const foreground = (step: StepOf<'foreground'>): string[] => [
  `FEED='${hex(step.stdin ?? '')}'`,
  'collect "/$new/attach" start_new',
];

function createBody(step: Creating): Word {
  const main = step.main && commandOf(step.main, 'main');
  const flaw = step.op === 'create' && step.flaw ? invalidBodies[step.flaw] : {};
  const body = {
    ...(step.name === undefined ? {} : { name: step.name }),
    ...(main ? { cmd: main.argv, env: main.env } : {}),
    ...(step.mounts && step.mounts.length > 0 ? { volumes: step.mounts.map(volume) } : {}),
    ...(step.op === 'foreground' ? { detach: false } : {}),
  };
  const [first = '', ...rest] = jsonWord({ ...body, ...flaw });
  // Which image the reader has is known when the script runs; this flaw names its own.
  if ('image' in flaw) return [first, ...rest];
  const tail = String(first).slice(1);
  return ['{', { $: 'IMAGE_JSON' }, tail === '}' ? tail : `,${tail}`, ...rest];
}

/** A volume as REST clients wrote it when servers still took them (contract 6.2). */
const volume = (mount: Mount): unknown => ({
  host_path: mount.kind === 'managed' ? mount.name : { $: hostVariable(mount) },
  guest_path: 'at' in mount ? mount.at : '/mnt/a',
  read_only: 'mode' in mount && mount.mode === 'ro',
});

const hostVariable = (mount: Mount): string => {
  if (mount.kind === 'missing') return 'MISSING';
  if (mount.kind === 'anonymous') return 'NOTHING';
  return `HOST_${'host' in mount ? mount.host : 'h1'}`;
};
