import { spoil } from '../defects/spoil.ts';
import type { BoxSpec } from './box.ts';

const base = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

/** Environment of a process in the box: the image's, the box's own over it, the command's over both. */
export const guestEnv = (spec: BoxSpec, own: Record<string, string> = {}): Record<string, string> => ({
  ...base,
  ...(spoil ? spoil.spoiledEnv(spec.env) : spec.env),
  ...(spoil ? spoil.spoiledEnv(own) : own),
});
