import { type Call, print, usage, whole } from './applet.ts';
import { options } from './options.ts';

const lineLength = 76;

/** `base64 [-d] [-w N] [FILE]`. */
export async function base64(call: Call): Promise<number> {
  const parsed = options(call.args, 'd', 'w');
  if (!parsed) return usage(call);
  const data = await whole(call, parsed.rest[0] ?? '-');
  if (parsed.flags.has('d')) {
    await call.by.write(1, Buffer.from(data.toString('latin1'), 'base64'));
    return 0;
  }
  const width = Number(parsed.values.get('w') ?? lineLength);
  const text = data.toString('base64');
  const broken = width > 0 ? text.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n') : text;
  await print(call, broken);
  return 0;
}
