import { textOf } from '../domain/any-text.ts';
import { toBuffer, utf8 } from '../domain/bytes.ts';
import { type Fill, textLines } from '../domain/fill.ts';
import { LISTENER_PORT } from '../domain/network.ts';
import { quote } from '../domain/quote.ts';
import { selfParts, type Work } from '../domain/work.ts';

/**
 * Writes a workload as the one line a person would type for it, with its values: `sh -c 'printf out; exit 7'`.
 * It does what the workload does and nothing for boxcheck (no count of runs); texts are quoted for a POSIX
 * shell. {@link argvOf} is what is really run.
 */
export function lineOf(work: Work): string {
  switch (work.do) {
    case 'print':
      return shell(printf(work.out), aside(printf(work.err)), exit(work.code));
    case 'die':
      return shell(`kill -${work.signal} $$`);
    case 'flood':
      return shell(...floodLines(work), exit(work.code));
    case 'blob':
      return shell(everyByte);
    case 'serve':
      return `nc -ll -p ${work.port} -e cat`;
    case 'cat':
      return 'cat';
    case 'hold':
      return holdLine(work);
    case 'fork':
      return shell(`{ sleep 0.3; ${printf(work.after) || ':'}; } &`, printf(work.out), exit(work.code));
    case 'daemon':
      return shell('sleep 300 </dev/null >/dev/null 2>&1 &', exit(work.code));
    case 'gate':
      return shell(
        printf(work.out),
        `while [ ! -e /root/${work.gate} ]; do sleep 0.1; done`,
        printf(work.after),
        exit(work.code),
      );
    case 'terminal':
      return shell(
        ...[work, ...(work.resized ? [work.resized] : [])].flatMap(({ rows, cols }) => [
          `while [ "$(stty size)" != "${rows} ${cols}" ]; do sleep 0.1; done`,
          'stty size',
        ]),
      );
    case 'open':
      return `touch /root/${work.gate}`;
    case 'write':
      return shell(`${dataLine(work.data)} >${inner(work.path)}`);
    case 'read':
      return `cat ${quote(work.path)}`;
    case 'mode':
      return `ls -ln ${quote(work.path)}`;
    case 'args':
      return work.args.length === 0 ? 'true' : `printf '%s\\n' ${work.args.map(textOf).map(quote).join(' ')}`;
    case 'env':
      return shell('printf %s "$BOXCHECK_VALUE"');
    case 'environ':
    case 'pwd':
    case 'id':
    case 'machine':
    case 'caps':
    case 'link':
      return shows[work.do].length === 1 ? shows[work.do].join('') : shell(...shows[work.do]);
    case 'reach':
      return clientLine(work);
    case 'self':
      return shell(...selfParts.flatMap((part, i) => [...(i > 0 ? ['echo --'] : []), ...shows[part]]));
    case 'mounts':
      return 'cat /proc/mounts';
    case 'runs':
      return 'cat /root/runs';
    case 'missing':
      return '/no/such/binary';
    case 'directory':
      return '/etc';
  }
}

/** What shows how a process was started. */
const shows: Record<(typeof selfParts)[number], readonly string[]> = {
  environ: ['cat /proc/self/environ'],
  pwd: ['pwd'],
  id: ['id -u', 'id -g'],
  machine: ['nproc', 'grep MemTotal /proc/meminfo', 'df -kP /'],
  caps: ['grep CapEff /proc/self/status'],
  link: ['grep -o eth0 /proc/net/dev'],
};

function holdLine({ out, onTerm, forks }: Extract<Work, { do: 'hold' }>): string {
  const handled = onTerm === 'ignored' ? 'trap "" TERM' : `trap "exit ${onTerm}" TERM`;
  const stays = typeof onTerm === 'number' ? 'while :; do sleep 0.1; done' : 'exec sleep 300';
  // The child has the streams before anything is told: who reads that may send a signal at once.
  const lines = forks ? ['sleep 300 &', printf(out), 'wait'] : [printf(out), stays];
  return shell(onTerm === undefined ? '' : handled, ...lines);
}

/** `sh -c` with these commands; those that do nothing are left out. */
const shell = (...commands: string[]): string => {
  const script = commands
    .filter((command) => command !== '')
    .map((command, i, all) =>
      i === all.length - 1 ? command : `${command}${command.endsWith('&') ? '' : ';'} `,
    )
    .join('');
  return script === '' ? 'true' : `sh -c ${quote(script)}`;
};

/** A command that writes data of a pattern; the last of its pipe is the one whose output may be led elsewhere. */
export function fillLine({ size, pattern }: Fill): string {
  switch (pattern) {
    case 'lines':
      return `yes 0123456789abcde | head -c ${size}`;
    case 'line':
      return `yes x | tr -d "\\n" | head -c ${size}`;
    case 'text':
      return `yes "$(${printf('aé漢🙂')})" | head -n ${textLines({ size })}`;
    case 'bytes':
      return `while ${everyByte}; do :; done 2>/dev/null | head -c ${size}`;
  }
}

function floodLines({ bytes, pattern, to }: Extract<Work, { do: 'flood' }>): string[] {
  const line = fillLine({ size: bytes, pattern: pattern ?? 'lines' });
  if (to === 'both') return [`{ ${line} >&2 & ${line}; wait; }`];
  return [to === 'err' ? `${line} >&2` : line];
}

const dataLine = (data: string | Fill): string =>
  typeof data === 'string' ? printf(data) || ':' : fillLine(data);

const exit = (code: number): string => (code === 0 ? '' : `exit ${code}`);
const aside = (command: string): string => command && `${command} >&2`;

/** `printf` that writes exactly this text: octal escapes for whatever is not dull, so that no quote stands in it. */
function printf(text: string): string {
  if (text === '') return '';
  const format = utf8(text).replaceAll(/[^\w @+=:,./-]|^-/gu, escaped);
  return `printf ${/[^\w@+=:,./-]/u.test(format) ? `"${format}"` : format}`;
}

const escaped = (byte: string): string =>
  byte === '\n' ? '\\n' : `\\${toBuffer(byte)[0]?.toString(8).padStart(3, '0')}`;

/** A word inside the script of `sh -c`, in double quotes where it needs any: they stay readable in there. */
const inner = (text: string): string =>
  /^[\w@+=:,./-]+$/u.test(text) ? text : `"${text.replaceAll(/[$`"\\]/gu, '\\$&')}"`;

const digits = '0 1 2 3 4 5 6 7';
const everyByte = `for a in 0 1 2 3; do for b in ${digits}; do for c in ${digits}; do printf "\\\\$a$b$c"; done; done; done`;

const clientLine = ({ to, by, token }: Extract<Work, { do: 'reach' }>): string => {
  const nc = `nc -w 14 ${to} ${LISTENER_PORT}`;
  const lines = {
    tcp: shell(`${nc} -e sh -c 'printf ${token}; head -c ${token.length} >&3' 3>&1`),
    'tcp-half-closed': shell(`printf ${token} | ${nc}`),
    udp: `tftp -g -l - -r ${token} ${to} ${LISTENER_PORT}`,
  };
  return lines[by];
};
