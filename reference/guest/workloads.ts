import { defect } from '../defects/switch.ts';
import { Errno, type Files } from './disk/files.ts';
import type { MemoryVolume } from './disk/memory.ts';
import { fill } from './fill.ts';
import { type Hardware, seenOf } from './hardware.ts';
import { reaches } from './network.ts';
import { type GuestProcess, TERM } from './process.ts';

/** One run of the guest's shell: the process it runs in and what of the guest it can reach. */
export interface Call {
  readonly by: GuestProcess;
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
  readonly files: Files;
  readonly disk: MemoryVolume;
  readonly hardware: Hardware;
  /** Ports that are served. */
  readonly services: Set<number>;
  /** Makes the root disk durable. */
  readonly sync: () => void;
}

/** A command that ended early: what it says on stderr, and its code. */
export class Complaint extends Error {
  override name = 'Complaint';
  readonly code: number;
  constructor(text: string, code = 1) {
    super(text);
    this.code = code;
  }
}

/** Does something with a file; what the system refuses is complained about, behind these words. */
function trying<T>(words: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw error instanceof Errno ? new Complaint(`${words}: ${error.message}`) : error;
  }
}

/** One workload. Gives its exit code; the values are its arguments. */
export type Workload = (call: Call, ...values: string[]) => number | Promise<number>;

const holdMs = 300_000;
/** How much later than its parent a child writes. */
const childMs = 30;

/** The workloads by name, each as its line of the script says. */
export const workloads: Readonly<Record<string, Workload>> = {
  async print({ by }, out = '', err = '', code) {
    await by.write('out', out);
    await by.write('err', err);
    return Number(code);
  },
  die({ by }, signal) {
    by.signal(Number(signal), 'inside');
    return 0;
  },
  async flood({ by }, bytes, code, pattern, to) {
    const streams = to === 'both' ? (['err', 'out'] as const) : ([to === 'err' ? 'err' : 'out'] as const);
    await Promise.all(streams.map((stream) => by.write(stream, fill(bytes, pattern))));
    return Number(code);
  },
  async blob({ by }) {
    await by.write('out', fill('256', 'bytes'));
    return 0;
  },
  async serve({ by, services }, port) {
    by.handlers.clear();
    // One that is taken ends it.
    if (services.has(Number(port))) throw new Complaint('nc: bind: Address already in use');
    services.add(Number(port));
    by.ending.add(() => services.delete(Number(port)));
    await later(by, holdMs);
    return 0;
  },
  async cat({ by }) {
    by.handlers.clear();
    for (let data = await by.read(); data; data = await by.read()) await by.write('out', data);
    return 0;
  },
  hold: ({ by }, out = '', onTerm = 'none', forks = 'alone') => hold(by, out, onTerm, forks === 'forks'),
  async fork({ by }, out = '', after = '', code) {
    await by.write('out', out);
    // The end of PID 1 is that of its children; of others it is told when the last has let their streams go.
    if (by.isInit || defect('late-output-lost')) return Number(code);
    await later(by, childMs);
    await by.write('out', after);
    return Number(code);
  },
  async daemon({ by }, code) {
    if (!by.isInit && defect('left-child-awaited')) await later(by, holdMs);
    return Number(code);
  },
  async gate({ by, files, disk }, gate, out = '', after = '', code) {
    await by.write('out', out);
    while (!files.look('/root', `${gate}`)) await by.wait(disk.changed.add);
    await by.write('out', after);
    return Number(code);
  },
  async terminal({ by }, ...sides) {
    for (let i = 0; i < sides.length; i += 2) {
      while (by.size !== `${sides[i]} ${sides[i + 1]}`) await by.wait(by.resized.add);
      await by.write('out', `${by.size}\n`);
    }
    return 0;
  },
  open(call, gate) {
    const { files } = call;
    if (!files.look('/root', `${gate}`)) written(call, `/root/${gate}`, '');
    call.sync();
    return 0;
  },
  write(call, path = '', data = '', pattern) {
    written(call, path, pattern === undefined ? data : fill(data, pattern));
    call.sync();
    return 0;
  },
  read: (call, path = '') => shown(call, path),
  async mode({ by, files, cwd }, path = '') {
    const found = files.look(cwd, path);
    if (!found) throw new Complaint(`ls: ${path}: No such file or directory`);
    const { uid, gid } = found.owner ?? { uid: 0, gid: 0 };
    await by.write('out', `${lettersOf(found.mode)} ${uid} ${gid}\n`);
    return 0;
  },
  async args({ by }, ...values) {
    await by.write('out', values.map((value) => `${value}\n`).join(''));
    return 0;
  },
  async env({ by, env }) {
    await by.write('out', env.BOXCHECK_VALUE ?? '');
    return 0;
  },
  async environ({ by, env }) {
    await by.write(
      'out',
      Object.entries(env)
        .map((pair) => `${pair.join('=')}\0`)
        .join(''),
    );
    return 0;
  },
  async pwd({ by, cwd }) {
    await by.write('out', `${cwd}\n`);
    return 0;
  },
  async id({ by }) {
    await by.write('out', `${by.user.uid}\n${by.user.gid}\n`);
    return 0;
  },
  async machine({ by, hardware }) {
    await by.write(
      'out',
      seenOf(hardware)
        .map((number) => `${number}\n`)
        .join(''),
    );
    return 0;
  },
  async caps({ by, hardware }) {
    await by.write('out', `${hardware.capabilities}\n`);
    return 0;
  },
  async link({ by, hardware }) {
    await by.write('out', hardware.hasNetwork ? 'eth0\n' : '');
    return 0;
  },
  async reach({ by, hardware }, to = '', protocol = '', token = '') {
    await by.write('out', reaches(hardware.policy, to, protocol) ? token : '');
    return 0;
  },
  async self(call) {
    for (const [i, part] of ['pwd', 'id', 'machine', 'caps', 'link', 'environ'].entries()) {
      if (i > 0) await call.by.write('out', '--\n');
      await (workloads[part] as Workload)(call);
    }
    return 0;
  },
  mounts: (call) => shown(call, '/proc/mounts'),
  runs: (call) => shown(call, '/root/runs'),
};

/** Permissions of a file as `ls -l` has them. */
const lettersOf = (mode: number): string =>
  `-${[...'rwxrwxrwx'].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-')).join('')}`;

/**
 * What TERM does: nothing in particular, nothing at all, or an end with a code. The handler is there before anything is
 * written.
 */
async function hold(by: Call['by'], out: string, onTerm: string, forks: boolean): Promise<number> {
  if (onTerm === 'none' || onTerm === 'ignored') by.handlers.clear();
  if (onTerm === 'ignored') by.handlers.set(TERM, () => {});
  else if (onTerm !== 'none') by.handlers.set(TERM, () => by.end(Number(onTerm)));
  if (forks && defect('children-outlive-deadline')) by.holdEnd(new Promise(() => {}));
  await by.write('out', out);
  if (onTerm === 'none' || onTerm === 'ignored') await later(by, holdMs);
  else await by.wait(() => () => {});
  return 0;
}

/** Goes on after some time, unless the process has ended. */
const later = (by: Call['by'], ms: number): Promise<void> =>
  by.wait((wake) => {
    const timer = setTimeout(wake, ms);
    return by.ending.add(() => clearTimeout(timer));
  });

/** `cat` of a file, in place of the shell. */
async function shown({ by, files, cwd }: Call, path: string): Promise<number> {
  by.handlers.clear();
  await by.write(
    'out',
    trying(`cat: can't open '${path}'`, () => files.read(cwd, path)),
  );
  return 0;
}

const written = ({ files, cwd }: Call, path: string, data: string | Buffer): void =>
  trying(`sh: can't create ${path}`, () => files.write(cwd, path, Buffer.from(data)));
