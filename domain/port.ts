import { z } from 'zod';

/** A symbolic port of the machine that the runtime runs on; the target takes one that nobody has. */
export const hostPort = z.int().min(1).max(4);

/** A port of a box that is published: at one of the machine, or, if none is named, at one that nobody is told of. */
export const portSchema = z.strictObject({
  host: hostPort.optional(),
  box: z.int().min(1).max(65_535),
  /** The protocol is said, which it need not be. */
  tcp: z.literal(true).optional(),
});

/** A Port is one of them. */
export type Port = Readonly<z.infer<typeof portSchema>>;

/** A port that any user of a box may serve: for one below, a process needs a capability. */
export const servedPort = z.int().min(1_024).max(65_535);

/** Texts of `-p` that are none. */
export const badPorts = {
  empty: '',
  word: 'http:80',
  zero: '0',
  large: '65536',
  udp: '8080/udp',
  protocol: '8080/sctp',
} as const;

/** A BadPort is one of them, by its name. */
export type BadPort = keyof typeof badPorts;

/** What one who holds a port for himself answers to everybody. */
export const HELD = 'held\n';
