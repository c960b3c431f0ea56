import type { Bytes } from '../bytes.ts';
import { type Call, print, usage } from './applet.ts';
import { become } from './become.ts';
import { options } from './options.ts';

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
