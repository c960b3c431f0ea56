import type { Bytes } from '../bytes.ts';
import { type Call, complain, each, usage } from './applet.ts';

/** `chmod [-R] MODE FILE…`; octal modes and `[ugoa]*[-+=][rwx]*`. */
export async function chmod(call: Call): Promise<number> {
  const [mode = '', ...paths] = call.args.filter((arg) => arg !== '-R');
  if (paths.length === 0) return usage(call);
  const { vfs } = call.by.kernel;
  const change = modeChange(mode);
  if (!change) return complain(call, `invalid mode '${mode}'`);
  return each(call, paths, (path) =>
    vfs.setMode(call.by.cwd, path, change(vfs.stat(call.by.cwd, path).mode)),
  );
}

function modeChange(text: Bytes): ((mode: number) => number) | null {
  if (/^[0-7]{1,4}$/.test(text)) return () => Number.parseInt(text, 8);
  const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(text);
  if (!match) return null;
  const [, who = '', operator, rights = ''] = match;
  const bits = [...rights].reduce((sum, right) => sum + ({ r: 4, w: 2, x: 1 }[right] ?? 0), 0);
  const classes = who === '' || who.includes('a') ? 'ugo' : who;
  const mask = [...classes].reduce((sum, each) => sum | (bits << ({ u: 6, g: 3, o: 0 }[each] ?? 0)), 0);
  const all = [...classes].reduce((sum, each) => sum | (7 << ({ u: 6, g: 3, o: 0 }[each] ?? 0)), 0);
  if (operator === '+') return (mode) => mode | mask;
  return operator === '-' ? (mode) => mode & ~mask : (mode) => (mode & ~all) | mask;
}

/** `chown`, `chgrp`: everything belongs to root; only a read-only file system says no. */
export async function chown(call: Call): Promise<number> {
  const [, ...paths] = call.args.filter((arg) => !arg.startsWith('-'));
  const { vfs } = call.by.kernel;
  return each(call, paths, (path) => vfs.setMode(call.by.cwd, path, vfs.stat(call.by.cwd, path).mode));
}
