import type { Mount } from '../domain/mount.ts';
import type { Json, Text } from './calls.ts';

/** A mount as the text of `-v` (contract 6.1). */
export function mountText(mount: Mount): Text {
  const tail = 'mode' in mount && mount.mode ? `:${mount.mode}` : '';
  switch (mount.kind) {
    case 'dir':
      return [{ $: 'dir', host: mount.host }, `:${mount.at}${tail}`];
    case 'file':
      return [{ $: 'dir', host: mount.host }, `/marker:${mount.at}${tail}`];
    case 'missing':
      return [{ $: 'missing' }, `:${mount.at}`];
    case 'managed':
      return `${mount.name}:${mount.at}${tail}`;
    case 'anonymous':
      return `${mount.at}${tail}`;
    case 'malformed':
      return malformed[mount.how];
  }
}

const h1 = { $: 'dir', host: 'h1' } as const;
const malformed: Record<'empty' | 'relative' | 'option', Text> = {
  empty: '',
  relative: [h1, ':data'],
  option: [h1, ':/data:rx'],
};

/** A volume as REST clients wrote it when servers still took them (contract 6.2). */
export const volumeJson = (mount: Mount): Json => ({
  host_path: hostPath(mount),
  guest_path: 'at' in mount ? mount.at : '/mnt/a',
  read_only: 'mode' in mount && mount.mode === 'ro',
});

function hostPath(mount: Mount): Json {
  if (mount.kind === 'missing') return { $: 'missing' };
  if (mount.kind === 'managed') return mount.name;
  if (mount.kind === 'anonymous') return '';
  return 'host' in mount ? { $: 'dir', host: mount.host } : h1;
}
