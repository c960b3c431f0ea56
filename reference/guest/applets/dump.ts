import { type Call, print, whole } from './applet.ts';

/** `od [-An] [-tx1|-c|-b]`, `hexdump [-C]`, `xxd`: bytes as hexadecimal or octal, sixteen a line. */
export async function dump(call: Call): Promise<number> {
  const octal = call.args.some((arg) => /b|o1/.test(arg));
  const bare = call.args.some((arg) => arg.includes('An') || arg === '-p') || call.args.includes('n');
  const path = call.args.findLast((arg) => !arg.startsWith('-') && !/^(n|x1|o1|c)$/.test(arg)) ?? '-';
  const data = await whole(call, path);
  const shown = (byte: number) =>
    octal ? byte.toString(8).padStart(3, '0') : byte.toString(16).padStart(2, '0');
  const address = (at: number) => (bare ? '' : at.toString(8).padStart(7, '0'));
  for (let at = 0; at < data.length; at += 16) {
    await print(
      call,
      `${address(at)}${[...data.subarray(at, at + 16)].map((byte) => ` ${shown(byte)}`).join('')}\n`,
    );
  }
  if (!bare) await print(call, `${address(data.length)}\n`);
  return 0;
}
