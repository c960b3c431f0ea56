import { signalNumber, TERM } from '../signals.ts';
import { type Call, usage } from './applet.ts';
import { start } from './become.ts';
import { options } from './options.ts';
import { duration } from './sleep.ts';

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
