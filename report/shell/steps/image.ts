import type { Mount } from '../../../domain/mount.ts';
import { raw } from '../line.ts';
import type { Word } from '../quote.ts';

/** Image arguments of the CLI: `--rootfs DIR`, or an image by name. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: for the shell
export const imageText = '${ROOTFS:+--rootfs} "${ROOTFS:-$IMAGE}"';

export const imageArgs = raw(imageText);

/** The text after `-v` (contract 6.1). */
export function mountWord(mount: Mount): Word {
  const tail = 'mode' in mount && mount.mode ? `:${mount.mode}` : '';
  switch (mount.kind) {
    case 'dir':
      return [{ $: `HOST_${mount.host}` }, `:${mount.at}${tail}`];
    case 'file':
      return [{ $: `HOST_${mount.host}` }, `/marker:${mount.at}${tail}`];
    case 'missing':
      return [{ $: 'MISSING' }, `:${mount.at}`];
    case 'managed':
      return [`${mount.name}:${mount.at}${tail}`];
    case 'anonymous':
      return [`${mount.at}${tail}`];
    case 'malformed':
      return malformed[mount.how];
  }
}

const malformed: Record<'empty' | 'relative' | 'option', Word> = {
  empty: [],
  relative: [{ $: 'HOST_h1' }, ':data'],
  option: [{ $: 'HOST_h1' }, ':/data:rx'],
};

/** Lines that make the host directories a step's mounts need. */
export function hostDirs(mounts: readonly Mount[] | undefined): string[] {
  const hosts = (mounts ?? []).flatMap((mount) => {
    if (mount.kind === 'malformed') return mount.how === 'empty' ? [] : ['h1'];
    return 'host' in mount ? [mount.host] : [];
  });
  return [...new Set(hosts)].map((host) => `host_dir ${host}`);
}
