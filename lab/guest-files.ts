import { fileURLToPath } from 'node:url';

/** Gives the path of a file that goes into the guest. */
export const guestFile = (name: string) => fileURLToPath(new URL(`guest/${name}`, import.meta.url));

/** Name on the payload disk → file here. All of them are programs but the last two. */
export const PAYLOAD_FILES: Record<string, string> = {
  init: 'init.sh',
  announce: 'announce.sh',
  holder: 'holder.pl',
  serve: 'serve.sh',
  launch: 'launch.pl',
  baseline: 'baseline.pl',
  logs: 'logs.pl',
  reset: 'reset.sh',
  inittab: 'inittab',
  sshd_config: 'sshd_config',
};
