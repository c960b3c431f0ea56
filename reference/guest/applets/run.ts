import type { Bytes } from '../bytes.ts';
import { exec } from '../process/exec.ts';
import { findProgram } from '../process/program.ts';
import { signalNumber, TERM } from '../signals.ts';
import { type Call, complain, lines, print, usage } from './applet.ts';
import { options } from './options.ts';
import { duration } from './sleep.ts';

/** Replaces the calling program by another; 127 or 126 where that cannot be. */
async function become(call: Call, argv: Bytes[]): Promise<number> {
  const { by } = call;
  const found = findProgram(by.kernel.vfs, by.cwd, by.env.get('PATH') ?? '', argv[0] ?? '');
  if (found.found) return exec(by, found.path, argv);
  const missing = found.failure === 'not-found';
  return complain(
    call,
    `can't execute '${argv[0]}': ${missing ? 'No such file or directory' : 'Permission denied'}`,
    missing ? 127 : 126,
  );
}

/** `env [-i] [-u NAME] [NAME=value…] [PROGRAM ARG…]`. */
export async function env(call: Call): Promise<number> {
  const parsed = options(call.args, 'i', 'u');
  if (!parsed) return usage(call);
  const { by } = call;
  const environment = parsed.flags.has('i') ? new Map<Bytes, Bytes>() : new Map(by.env);
  environment.delete(parsed.values.get('u') ?? '');
  let at = 0;
  for (; (parsed.rest[at] ?? '').includes('='); at += 1) {
    const arg = parsed.rest[at] ?? '';
    environment.set(arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1));
  }
  const argv = parsed.rest.slice(at);
  if (argv.length > 0) {
    by.env = environment;
    return become(call, argv);
  }
  await print(call, [...environment].map(([name, value]) => `${name}=${value}\n`).join(''));
  return 0;
}

/** `printenv [NAME…]`. */
export async function printenv(call: Call): Promise<number> {
  if (call.args.length === 0) return env(call);
  let code = 0;
  for (const name of call.args) {
    const value = call.by.env.get(name);
    if (value === undefined) code = 1;
    else await print(call, `${value}\n`);
  }
  return code;
}

/** `nohup PROGRAM…`, `setsid PROGRAM…`, `nice PROGRAM…`: the program, as it is. */
export function plain(call: Call): Promise<number> {
  if (call.name === 'nohup') call.by.handlers.set(1, 'ignore');
  return call.args.length > 0 ? become(call, call.args) : usage(call);
}

/** `timeout [-s SIGNAL] SECONDS PROGRAM…`: 124 is not used, the child's own end is told. */
export async function timeout(call: Call): Promise<number> {
  const parsed = options(call.args, '', 'sk');
  const [limit = '', ...argv] = parsed?.rest ?? [];
  const ms = duration(limit);
  const signal = signalNumber(parsed?.values.get('s') ?? '') ?? TERM;
  if (Number.isNaN(ms) || argv.length === 0) return usage(call);
  const child = start(call, argv);
  const forget = call.by.kernel.clock.after(ms, () => child.signal(signal));
  try {
    const code = await call.by.join(child);
    return code < 0 ? 128 - code : code;
  } finally {
    forget();
  }
}

function start(call: Call, argv: Bytes[]): Call['by'] {
  const child = call.by.fork();
  call.by.kernel.run(child, () => become({ ...call, by: child }, argv));
  return child;
}

const batch = 5000;

/** `xargs [-n N] [-0] PROGRAM…`. */
export async function xargs(call: Call): Promise<number> {
  const parsed = options(call.args, '0rt', 'nI');
  if (!parsed) return usage(call);
  const words: Bytes[] = [];
  for await (const line of lines(call, '-')) {
    const parts = parsed.flags.has('0') ? line.split('\0') : line.split(/[ \t\n]+/);
    words.push(...parts.filter((word) => word !== ''));
  }
  const command = parsed.rest.length > 0 ? parsed.rest : ['echo'];
  const size = Math.max(1, Number(parsed.values.get('n') ?? batch));
  let code = 0;
  for (let at = 0; at < Math.max(1, words.length); at += size) {
    if (words.length === 0 && parsed.flags.has('r')) break;
    if ((await call.by.join(start(call, [...command, ...words.slice(at, at + size)]))) !== 0) code = 123;
  }
  return code;
}
