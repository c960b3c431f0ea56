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
export const globalFlags: Flags = { home: one(), url: one() };

const process: Flags = { env: many('e'), workdir: one('w') };
const making: Flags = { ...process, name: one(), rootfs: one(), volume: many('v') };
const interactive: Flags = { interactive: none('i'), detach: none('d') };

/** Flags of each verb: of BoxLite's those that programs use. */
export const verbFlags: Record<string, Flags> = {
  run: { ...making, ...interactive, rm: none() },
  create: making,
  exec: { ...process, ...interactive },
  list: { all: none('a'), quiet: none('q'), format: one() },
  rm: { force: none('f'), all: none('a') },
  start: {},
  stop: {},
  restart: {},
  inspect: {},
  cp: {},
  stats: { format: one() },
  serve: { port: one(), host: one(), 'api-key': one() },
};

/** Verbs whose positionals turn into a command: from the first one on nothing is a flag any more. */
export const takesCommand: ReadonlySet<string> = new Set(['run', 'create']);
