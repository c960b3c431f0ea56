import { z } from 'zod';
import { type NetRule, netRules } from './network.ts';
import { type BadPort, badPorts, portSchema } from './port.ts';
import { env } from './variables.ts';

/** Directories that every image has. */
export const directories = ['/', '/root', '/tmp', '/etc'] as const;

/**
 * Texts of `-u` with the ids that they stand for in every image, by /etc/passwd and /etc/group; null for one that it
 * does not know (contract 12.1).
 */
export const users = {
  root: { uid: 0, gid: 0 },
  '0:0': { uid: 0, gid: 0 },
  nobody: { uid: 65534, gid: 65534 },
  'nobody:root': { uid: 65534, gid: 0 },
  '65534': { uid: 65534, gid: 65534 },
  '1234': { uid: 1234, gid: 0 },
  '1234:': { uid: 1234, gid: 0 },
  '1234:56': { uid: 1234, gid: 56 },
  nosuchuser: null,
  'root:nosuchgroup': null,
} as const;

/** A User is one of them. */
export type User = keyof typeof users;

/** What may be asked for any process beside its command. */
export const processOptions = {
  env: env.optional(),
  workdir: z.enum(directories).optional(),
  user: z.enum(Object.keys(users) as User[]).optional(),
  /** A working directory that does not exist is asked for. */
  badWorkdir: z.boolean().optional(),
};

const processShape = z.object(processOptions);

/** ProcessOptions are those of one process. */
export type ProcessOptions = Readonly<z.infer<typeof processShape>>;

/** Linux capabilities by name, with their bits in CapEff; null for a text that is no name of one (contract 12.3). */
export const capabilities = {
  CHOWN: 0,
  NET_ADMIN: 12,
  NET_RAW: 13,
  SYS_ADMIN: 21,
  SYS_TIME: 25,
  MKNOD: 27,
  ALL: 'all',
  'NET ADMIN': null,
} as const;

/** A Capability is one of them. */
export type Capability = keyof typeof capabilities;

/** Whether a box reaches others, or is reached (contract 12.5). */
export const networkMode = z.enum(['enabled', 'disabled']);

/** Rules of whom it may reach; an empty list is as none. */
export const allowNet = z.array(z.enum(Object.keys(netRules) as NetRule[]));

const someCapabilities = z.array(z.enum(Object.keys(capabilities) as Capability[])).min(1);

/** What may be asked for a box: how its processes are started, how its command is told, and what it is to have. */
export const boxOptions = {
  ...processOptions,
  /** Words of the command that are its entrypoint: the first, or all. `empty`: the list is given and has none. */
  entrypoint: z.enum(['one', 'all', 'empty']).optional(),
  /** REST only: a list of words is given and has none. */
  emptyCmd: z.boolean().optional(),
  cpus: z.int().min(0).max(300).optional(),
  memoryMib: z.int().min(512).max(4096).optional(),
  diskGb: z.int().min(0).max(64).optional(),
  capAdd: someCapabilities.optional(),
  capDrop: someCapabilities.optional(),
  outbound: networkMode.optional(),
  allowNet: allowNet.optional(),
  inbound: networkMode.optional(),
  ports: z.array(portSchema).min(1).optional(),
  /** A port is asked for by a text that is none. */
  badPort: z.enum(Object.keys(badPorts) as BadPort[]).optional(),
  /** Seconds, kept by a server. */
  autoStopS: z.int().min(0).optional(),
  autoDeleteS: z.int().min(0).optional(),
  /** No switch: that it is on is asked for as well. */
  autoResume: z.literal([true, false]).optional(),
};

const boxShape = z.object(boxOptions);

/** BoxOptions are those of one box. */
export type BoxOptions = Readonly<z.infer<typeof boxShape>>;

/** Gives the options of a box without its deadlines, which its server alone keeps. */
export const withoutDeadlines = ({ autoStopS: _, autoDeleteS: __, ...options }: BoxOptions): BoxOptions =>
  options;

/** Gives the options of a step alone. */
export function optionsOf(step: BoxOptions): BoxOptions {
  const names = Object.keys(boxOptions) as (keyof BoxOptions)[];
  return Object.fromEntries(names.flatMap((name) => (step[name] === undefined ? [] : [[name, step[name]]])));
}
