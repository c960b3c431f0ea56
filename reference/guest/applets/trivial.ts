import { join } from '../disk/path.ts';
import { type Call, complain, print } from './applet.ts';

export const yes = (): number => 0;
export const no = (): number => 1;

async function say(call: Call, text: string): Promise<number> {
  await print(call, `${text}\n`);
  return 0;
}

export const pwd = (call: Call): Promise<number> => say(call, call.by.cwd);
export const whoami = (call: Call): Promise<number> => say(call, 'root');
export const nproc = (call: Call): Promise<number> => say(call, '1');
export const arch = (call: Call): Promise<number> => say(call, 'x86_64');

export function hostname(call: Call): Promise<number> {
  if (call.args.some((arg) => !arg.startsWith('-')))
    return complain(call, 'sethostname: Operation not permitted');
  return say(call, call.by.kernel.hostname);
}

export function id(call: Call): Promise<number> {
  const [flag = ''] = call.args;
  if (flag.includes('n')) return say(call, 'root');
  return say(call, /[ugG]/.test(flag) ? '0' : 'uid=0(root) gid=0(root) groups=0(root)');
}

export function uname(call: Call): Promise<number> {
  const values: Record<string, string> = {
    s: 'Linux',
    n: call.by.kernel.hostname,
    r: '6.0.0-reference',
    m: 'x86_64',
  };
  const asked = call.args.join('').replaceAll('-', '') || 's';
  const letters = asked.includes('a') ? 'snrm' : asked;
  return say(call, [...letters].map((letter) => values[letter] ?? 'unknown').join(' '));
}

export function date(call: Call): Promise<number> {
  const now = new Date();
  const [format] = call.args;
  if (format === '+%s') return say(call, String(Math.floor(now.getTime() / 1000)));
  if (format === '+%s%N') return say(call, `${now.getTime()}000000`);
  return say(call, format?.startsWith('+') ? now.toISOString() : now.toUTCString());
}

/** Flushes the root disk to where it survives a power-off. */
export function sync(call: Call): number {
  call.by.kernel.sync();
  return 0;
}

export function tty(call: Call): Promise<number> {
  if (call.by.fds.get(0)?.terminal) return say(call, '/dev/console');
  return print(call, 'not a tty\n').then(() => 1);
}

/** `stty size`; other settings are accepted without effect. */
export function stty(call: Call): Promise<number> {
  const size = call.by.fds.get(0)?.size?.();
  if (!size) return complain(call, 'standard input: Not a tty');
  return call.args[0] === 'size' ? say(call, `${size.rows} ${size.cols}`) : Promise.resolve(0);
}

/** `which NAME…`. */
export async function which(call: Call): Promise<number> {
  const { by } = call;
  let code = 0;
  for (const name of call.args) {
    const dirs = name.includes('/') ? [''] : (by.env.get('PATH') ?? '').split(':');
    const paths = dirs.map((dir) => (dir === '' ? name : join(dir, name)));
    const found = paths.find((path) => by.kernel.vfs.find(by.cwd, path)?.kind === 'file');
    if (found) await print(call, `${found}\n`);
    else code = 1;
  }
  return code;
}

/** What only a privileged process of the outer machine may do. */
export const refused = (call: Call): Promise<number> => complain(call, 'permission denied (are you root?)');

/** `mount` lists; a remount or a new mount is refused, also to root (contract 6.3). */
export async function mount(call: Call): Promise<number> {
  if (call.args.length > 0) return refused(call);
  const table = call.by.kernel.vfs.node('/', '/proc/mounts').content(false);
  const text = table.read(0, table.size()).toString('latin1');
  await print(call, text.replace(/^(\S+) (\S+) (\S+) (\S+).*$/gm, '$1 on $2 type $3 ($4)'));
  return 0;
}
