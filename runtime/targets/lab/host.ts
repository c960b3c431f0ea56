import { posix } from 'node:path';
import { type Bytes, fromBuffer, toBuffer } from '../../../domain/bytes.ts';
import type { Lab } from '../../../lab/index.ts';
import type { HostPlace } from '../../ports/session.ts';
import { FILE_LIMIT_BYTES, type HostFiles, hostOf } from '../local/host.ts';
import type { Tcp } from '../local/tcp.ts';

/** Host directories of all programs, on the guest's disk. */
const WORK_DIR = '/w';
const CALL_MS = 60_000;
const NO_SUCH_FILE = 44;

/**
 * Makes the guest the host of a program: mounts and cp of the local CLI happen there. Scratch files of `--url`
 * steps are `here`, where that client runs. Most programs touch no file of the guest: these cost no call over ssh,
 * not even for the removal.
 * @param home names the lane on the command line of what listens, which outlives the call that starts it: so it is told
 * apart from what another lane leaves (lab/guest/baseline.pl)
 */
export function labHost(
  lab: Pick<Lab, 'run'>,
  label: string,
  here: ReturnType<typeof hostOf>,
  home: string,
  under = WORK_DIR,
): ReturnType<typeof hostOf> {
  const tcp: Tcp = (argv, stdin) =>
    lab.run(argv[0] === 'perl' ? [...argv, home] : [...argv], { timeoutMs: CALL_MS, stdin });
  const there = hostOf(guestFiles(lab, posix.join(under, label)), under, tcp);
  const on = (place: HostPlace) => ('via' in place && place.via === 'url' ? here : there);
  return {
    ...there,
    path: (place, file) => on(place).path(place, file),
    write: (place, file, data, mode) => on(place).write(place, file, data, mode),
    mode: (place, file) => on(place).mode(place, file),
    read: (place, file) => on(place).read(place, file),
    dispose: async () => void (await Promise.allSettled([here.dispose(), there.dispose()])),
  };
}

function guestFiles(lab: Pick<Lab, 'run'>, base: string): HostFiles {
  const script = (text: string, args: string[], stdin: Bytes = '') =>
    lab.run(['sh', '-c', text, 'sh', ...args], { timeoutMs: CALL_MS, stdin: toBuffer(stdin) });
  const demand = ({ exit, err }: Awaited<ReturnType<Lab['run']>>, what: string) => {
    if (exit !== 0) throw new Error(`the lab could not ${what}: ${err.toString().trim()}`);
  };
  return {
    base: async () => base,
    write: async (path, data, mode = '') => {
      const text = 'mkdir -p -- "$(dirname -- "$1")" && cat >"$1" && { [ -z "$2" ] || chmod "$2" "$1"; }';
      demand(await script(text, [path, mode], data), `write ${path}`);
    },
    mode: async (path) => {
      const text = `[ -f "$1" ] || exit ${NO_SUCH_FILE}; set -- $(ls -ln -- "$1"); [ "$3" != "$(id -u)" ] || set -- "$1" "" own; echo "$1 $3"`;
      const done = await script(text, [path]);
      if (done.exit === NO_SUCH_FILE) return null;
      demand(done, `look at ${path}`);
      return fromBuffer(done.out);
    },
    read: async (path) => {
      const text = `[ -f "$1" ] || exit ${NO_SUCH_FILE}; head -c ${FILE_LIMIT_BYTES} -- "$1"`;
      const done = await script(text, [path]);
      if (done.exit === NO_SUCH_FILE) return null;
      demand(done, `read ${path}`);
      return fromBuffer(done.out);
    },
    remove: async () => void (await script('rm -rf -- "$1"', [base])),
  };
}
