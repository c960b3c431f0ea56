/** How a flag is written; `value` says whether it takes one, and whether it may be repeated. */
export interface Flag {
  short?: string;
  value: 'none' | 'one' | 'many';
}

export type Flags = Record<string, Flag>;

const none = (short?: string): Flag => ({ ...(short ? { short } : {}), value: 'none' });
const one = (short?: string): Flag => ({ ...(short ? { short } : {}), value: 'one' });
const many = (short?: string): Flag => ({ ...(short ? { short } : {}), value: 'many' });

/** Flags that are legal with every verb (contract 1.2). */
export const globalFlags: Flags = {
  home: one(),
  url: one(),
  'path-prefix': one(),
  debug: none(),
  config: one(),
  registry: many(),
};

const process: Flags = { env: many('e'), workdir: one('w'), user: one('u') };

const making: Flags = {
  ...process,
  name: one(),
  rootfs: one(),
  entrypoint: one(),
  volume: many('v'),
  publish: many('p'),
  cpus: one(),
  memory: one(),
  'disk-size': one(),
  security: one(),
  'auto-stop': one(),
  'auto-delete': one(),
  'no-auto-resume': none(),
};

const interactive: Flags = { interactive: none('i'), tty: none('t'), detach: none('d') };

/** Flags of each verb. */
export const verbFlags: Record<string, Flags> = {
  run: { ...making, ...interactive, rm: none() },
  create: making,
  exec: { ...process, ...interactive },
  list: { all: none('a'), quiet: none('q'), format: one() },
  rm: { force: none('f'), all: none('a') },
  start: {},
  stop: {},
  restart: {},
  inspect: { latest: none('l'), format: one('f') },
  cp: { 'follow-symlinks': none('L'), archive: none('a') },
  logs: { tail: one('n'), follow: none('f') },
  stats: { format: one() },
  serve: { port: one(), host: one(), 'api-key': one() },
};

/** Verbs whose positionals turn into a command: from the first one on nothing is a flag any more. */
export const takesCommand: ReadonlySet<string> = new Set(['run', 'create']);
