import type { Mount } from '../domain/mount.ts';
import { gateway, hostAlias } from '../domain/network.ts';
import type { Work } from '../domain/work.ts';
import { SERVED } from './option-values.ts';

/**
 * Names: usual, and odd but legal (contract 0 has no character rule). What is left of one that a client cuts off at
 * a character it has not encoded is no prefix of an id either: two boxes would seldom, but then, be taken for one.
 */
export const names = ['alpha', 'beta', 'two words', 'a/b', '50%', 'q-?#', 'grüße'];

/** Texts that address no box. */
export const ghosts = ['?nobody', '?zzzzzzzzzzzz', '?no/such box%'];

/** The empty text: it names no box (contract 0). In a URL it would be another route. */
export const nameless = '?';

/** Texts that are no execution's id. */
export const ghostExecs = ['?00000000-0000-4000-8000-000000000000', '?bogus', '?a/b%20c'];

/** Exit codes where something special happens on the way: success, failure, shell and signal ranges, the largest. */
const codes = [0, 1, 7, 42, 125, 126, 127, 137, 255];

const print = (out: string, err: string, code: number): Work => ({ do: 'print', out, err, code });

/** Commands that end by themselves, for any process. */
export const finite: Work[] = [
  print('', '', 0),
  ...codes.filter((code) => code !== 0 && code !== 7).map((code) => print('out\n', 'err\n', code)),
  print('out\n', '', 0),
  print('', 'err\n', 0),
  print('out\n', 'err\n', 7),
  { do: 'die', signal: 9 },
  { do: 'die', signal: 15 },
  { do: 'die', signal: 2 },
  { do: 'blob' },
  { do: 'flood', bytes: 300_000, code: 0 },
  { do: 'flood', bytes: 70_000, code: 3 },
  { do: 'args', args: ['', 'a b', "it's", '$HOME', 'ü\n'] },
  { do: 'env', value: 'a="b" =c ' },
];

/** Commands that end by themselves and leave a child behind, for any process that is not PID 1. */
export const leaving: Work[] = [
  { do: 'fork', out: 'out\n', after: 'late\n', code: 3 },
  { do: 'daemon', code: 4 },
];

/** How much oftener one of them is drawn: the one whose code is neither zero nor special. */
export const finiteWeight = (work: Work | undefined): number => {
  if (work?.do === 'environ') return 4;
  if (work?.do === 'self') return 9;
  if (work?.do === 'args') return 12;
  if (work?.do === 'machine' || work?.do === 'flood') return 3;
  return work?.do === 'print' && work.out !== '' && work.err !== '' && work.code === 7 ? 2 : 1;
};

/** Commands whose lines a terminal ends in its own way. */
export const writingLines: Work[] = [print('out\n', 'err\n', 7), { do: 'flood', bytes: 70_000, code: 3 }];

/** What is waited for of a terminal: no size that one has by itself. */
export const terminals = [
  { do: 'terminal', rows: 40, cols: 100 },
  { do: 'terminal', rows: 5, cols: 9 },
  { do: 'terminal', rows: 300, cols: 20 },
] as const satisfies Work[];

/** Commands that try to reach the loopback of their host. */
const reaching = (
  [
    [hostAlias.address, 'tcp'],
    [hostAlias.name, 'tcp'],
    [hostAlias.address, 'tcp-half-closed'],
    [hostAlias.name, 'udp'],
    [gateway, 'tcp'],
  ] as const
).map(([to, by]): Work => ({ do: 'reach', to, by, token: 'knock' }));

/** Commands that show how they were started. */
export const showing: Work[] = [
  { do: 'self' },
  { do: 'environ' },
  { do: 'pwd' },
  { do: 'id' },
  { do: 'machine' },
  { do: 'caps' },
  { do: 'link' },
  ...reaching,
];

/** Commands that stay. */
export const lasting: Work[] = [
  { do: 'hold', out: '' },
  { do: 'hold', out: 'up\n' },
  { do: 'hold', out: 'up\n', onTerm: 5 },
  { do: 'hold', out: 'up\n', onTerm: 'ignored' },
  { do: 'hold', out: 'up\n', forks: true },
  { do: 'gate', gate: 'g1', out: 'one\n', after: 'two\n', code: 0 },
  { do: 'gate', gate: 'g1', out: '', after: 'late\n', code: 7 },
];

/** Commands that cannot be started. */
export const impossible: Work[] = [{ do: 'missing' }, { do: 'directory' }];

/** A file that no box keeps from one run to the next. */
export const TMP_FILE = '/tmp/f3';

/** Files programs write and read: on the disk, on tmpfs, below mounts. Few, so that what was written is read. */
export const files = ['/root/f1', TMP_FILE];

/** The same below a volume: what the host has there, and what a box makes. */
export const filesIn = (mount: Mount): string[] =>
  mount.kind === 'malformed'
    ? []
    : mount.kind === 'file'
      ? [mount.at]
      : [`${mount.at}/g`, `${mount.at}/marker`];

/** A service that answers at the port which boxes are mostly asked for. */
export const serving: Work = { do: 'serve', port: SERVED };

/** Main commands of job boxes that outlive the CLI; rather lasting ones, a box that is over is soon dull. */
export const mains: (Work | undefined)[] = [
  ...lasting,
  serving,
  undefined,
  print('hello\n', '', 0),
  print('', 'oops\n', 7),
  print('', '', 42),
  print('', '', 255),
  { do: 'flood', bytes: 300_000, to: 'both', code: 0 },
  { do: 'die', signal: 15 },
  { do: 'die', signal: 2 },
  ...impossible,
];

/** How much oftener one of them is drawn. */
export function mainWeight(main: Work | undefined): number {
  if (!main) return 3;
  if (main.do === 'missing' || main.do === 'directory') return 49;
  if (main.do === 'flood') return 6;
  if (main.do === 'serve') return 3;
  return main.do === 'hold' || main.do === 'gate' || (main.do === 'die' && main.signal === 15) ? 2 : 1;
}

const dir = (host: string, at: string, mode?: 'ro' | 'rw'): Mount => ({
  kind: 'dir',
  host,
  at,
  ...(mode && { mode }),
});
const beside: Mount[] = [dir('h1', '/mnt/a', 'rw'), dir('h2', '/mnt/b', 'ro')];
const below: Mount[] = [dir('h1', '/mnt/a'), dir('h2', '/mnt/a/sub', 'ro')];

/** Volumes that the local CLI mounts. */
export const goodMounts: Mount[][] = [
  [dir('h1', '/mnt/a')],
  [dir('h1', '/mnt/a', 'ro')],
  beside,
  [dir('h1', '/mnt/a', 'ro'), dir('h1', '/mnt/b', 'rw')],
  [{ kind: 'file', host: 'h1', at: '/mnt/one', mode: 'ro' }],
  [{ kind: 'anonymous', at: '/mnt/b' }],
  below,
  [dir('h1', '/mnt/grüße')],
  [
    { kind: 'file', host: 'h2', at: '/mnt/ü', mode: 'rw' },
    { kind: 'anonymous', at: '/mnt/漢字', mode: 'ro' },
  ],
  [{ kind: 'anonymous', at: '/mnt/a', mode: 'rw' }],
];

/** Volumes that are refused everywhere. */
export const badMounts: Mount[][] = [
  [{ kind: 'missing', at: '/mnt/a' }],
  [{ kind: 'missing', at: '/mnt/ü' }],
  [{ kind: 'managed', name: 'data', at: '/mnt/a' }],
  [{ kind: 'managed', name: 'grüße', at: '/mnt/ü', mode: 'ro' }],
  [{ kind: 'managed', name: 'data', at: '/mnt/b', mode: 'rw' }],
  [{ kind: 'malformed', how: 'empty' }],
  [{ kind: 'malformed', how: 'relative' }],
  [{ kind: 'malformed', how: 'option' }],
];

/** How much oftener volumes are drawn: several in one box go wrong in more ways than one does. */
export function mountsWeight(mounts: readonly Mount[]): number {
  if (mounts === below) return 5;
  if (mounts === beside) return 2;
  return mounts.some((mount) => mount.kind === 'malformed' && mount.how === 'option') ? 6 : 1;
}
