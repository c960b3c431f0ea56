import type { Work } from '../domain/work.ts';

/** Name of the variable that `env` shows. */
export const ENV_NAME = 'BOXCHECK_VALUE';

const sh = (script: string, ...args: string[]): string[] => ['sh', '-c', script, 'sh', ...args];

/** Octal escapes of all 256 byte values: the only way to write them that survives an argument list. */
const everyByteEscaped = Array.from(
  { length: 256 },
  (_, byte) => `\\${byte.toString(8).padStart(3, '0')}`,
).join('');

/** The command line of a workload, for a busybox box. Texts go in as arguments, so nothing needs quoting. */
export function argvOf(work: Work): string[] {
  switch (work.do) {
    case 'print':
      return sh(`printf %s "$1"; printf %s "$2" >&2; exit ${work.code}`, work.out, work.err);
    case 'die':
      return sh(`kill -${work.signal} $$`);
    case 'flood':
      return sh(`yes 0123456789abcde | head -c ${work.bytes}; exit ${work.code}`);
    case 'blob':
      return sh(`printf '${everyByteEscaped}'`);
    case 'cat':
      return ['cat'];
    case 'hold':
      return holdArgv(work);
    case 'gate':
      return sh(
        `printf %s "$1"; while [ ! -e "$2" ]; do sleep 0.1; done; printf %s "$3"; exit ${work.code}`,
        work.out,
        `/root/${work.gate}`,
        work.after,
      );
    case 'open':
      return sh('touch "$1" && sync', `/root/${work.gate}`);
    case 'write':
      return sh('printf %s "$2" > "$1" && sync', work.path, work.data);
    case 'read':
      return ['cat', work.path];
    case 'args':
      return sh('for arg; do printf "%s\\n" "$arg"; done', ...work.args);
    case 'env':
      return sh(`printf %s "$${ENV_NAME}"`);
    case 'mounts':
      return ['cat', '/proc/mounts'];
    case 'runs':
      return ['cat', '/root/runs'];
    case 'missing':
      return ['/no/such/binary'];
    case 'directory':
      return ['/etc'];
  }
}

/** The trap is set before anything is written: output that was seen proves that the handler is in place. */
function holdArgv(work: Extract<Work, { do: 'hold' }>): string[] {
  if (work.onTerm === undefined) return sh('printf %s "$1"; exec sleep 300', work.out);
  return sh(`trap 'exit ${work.onTerm}' TERM; printf %s "$1"; while :; do sleep 0.1; done`, work.out);
}

/**
 * The main command of a job box. It leaves a mark on the disk at every run, so that runs are counted by what
 * the command did, not by the status word (contract 3.1).
 */
export function mainArgv(work: Work): string[] {
  if (work.do === 'missing' || work.do === 'directory') return argvOf(work);
  return sh('echo r >>/root/runs; sync; exec "$@"', ...argvOf(work));
}

/** Environment a workload needs. */
export const envOf = (work: Work): Record<string, string> =>
  work.do === 'env' ? { [ENV_NAME]: work.value } : {};
