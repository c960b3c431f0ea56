import { z } from 'zod';
import { type StdinValue, stdinValues } from '../domain/attach-mode.ts';
import { type InvalidBody, invalidBodies } from '../domain/invalid-body.ts';
import { hostDir, mountSchema } from '../domain/mount.ts';
import { type ServerEnd, serverEnds } from '../domain/server-end.ts';
import { workSchema } from '../domain/work.ts';

/** `cli`: local CLI on its own home. `url`: CLI with --url. `rest`: HTTP and WebSocket. */
export const surfaceSchema = z.enum(['cli', 'url', 'rest']);
export type Surface = z.infer<typeof surfaceSchema>;

/** How a box is spelled. */
export const bySchema = z.enum(['id', 'name', 'prefix']);
export type By = z.infer<typeof bySchema>;

/** `box1` is the box a step made `as: "box1"`; `?text` is the literal text, a box nobody made. */
const box = z.string().regex(/^(box[0-9]+|\?.*)$/su);
const boxName = z.string().regex(/^box[0-9]+$/);
const exec = z.string().regex(/^(exec[0-9]+|\?.+)$/su);
const execName = z.string().regex(/^exec[0-9]+$/);
const attach = z.string().regex(/^att[0-9]+$/);
const via = surfaceSchema;
const by = bySchema.optional();
const name = z.string().optional();
const mounts = z.array(mountSchema).optional();
const main = workSchema.optional();
const stdin = z.string().optional();
/** `stdin=0`, a shorthand for what is asked most; `stdin` is any other value of that parameter. */
const readonly = z.boolean().optional();
const stdinValue = z.enum(Object.keys(stdinValues) as StdinValue[]).optional();

const step = <Op extends string, Shape extends z.core.$ZodLooseShape>(op: Op, shape: Shape) =>
  z.strictObject({ op: z.literal(op), ...shape });

/** Every operation a program may hold. Handles are symbolic: real ids never enter a program. */
export const stepSchema = z.discriminatedUnion('op', [
  step('run', { via, as: boxName, name, main, mounts }),
  step('foreground', { via, as: boxName, name, main: workSchema, mounts, stdin, rm: z.boolean().optional() }),
  step('create', {
    via,
    as: boxName,
    name,
    main,
    mounts,
    /** REST only: a body that is refused. */
    flaw: z.enum(Object.keys(invalidBodies) as InvalidBody[]).optional(),
  }),
  step('start', { via, on: z.array(box).min(1), by }),
  step('stop', { via, on: z.array(box).min(1), by }),
  step('restart', { via: z.enum(['cli', 'url']), on: z.array(box).min(1), by }),
  step('rm', { via, on: z.array(box).min(1), by, force: z.boolean() }),
  step('exec', {
    via,
    on: box,
    by,
    work: workSchema,
    stdin,
    /** REST only, seconds. */
    timeoutS: z.number().positive().optional(),
    /** Ask for a working directory that does not exist. */
    badWorkdir: z.boolean().optional(),
  }),
  /** exec -d; over REST the execution gets a handle, the CLI does not tell one. */
  step('spawn', { via, on: box, by, as: execName, work: workSchema }),
  step('wait', { exec }),
  step('signal', { exec, signal: z.int() }),
  step('kill', { exec }),
  step('resize', { exec, rows: z.int(), cols: z.int() }),
  step('attach', { as: attach, exec, readonly, stdin: stdinValue, by }),
  step('attach-main', { as: attach, on: box, by, readonly, stdin: stdinValue }),
  step('send', { attach, data: z.string() }),
  step('control', {
    attach,
    frame: z.enum(['eof', 'resize', 'signal', 'bad-json', 'no-type', 'unknown', 'bad-signal']),
  }),
  step('read', { attach }),
  step('detach', { attach, how: z.enum(['close', 'drop']) }),
  step('copy-in', { via, on: box, by, path: z.string(), data: z.string() }),
  step('copy-out', { via, on: box, by, path: z.string() }),
  step('inspect', { via, on: box, by }),
  step('list', { via, all: z.boolean() }),
  /** Wait until the status word has caught up with the end of the main command (contract 7.1). */
  step('settle', { via, on: box }),
  /**
   * The server is ended and another one takes its place: `interrupt` SIGINT, as an operator would, `terminate`
   * SIGTERM, `kill` SIGKILL.
   */
  step('restart-server', { how: z.enum(Object.keys(serverEnds) as ServerEnd[]) }),
  step('host-write', { host: hostDir, file: z.string(), data: z.string() }),
  step('host-read', { host: hostDir, file: z.string() }),
]);

/** One step of a program. */
export type Step = z.infer<typeof stepSchema>;
/** The name of an operation. */
export type Op = Step['op'];
/** The step of one operation. */
export type StepOf<O extends Op> = Extract<Step, { op: O }>;
