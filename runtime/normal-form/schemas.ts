import { z } from 'zod';
import { rulesText } from '../../domain/network.ts';
import type { BoxObservation } from '../../domain/observation.ts';

/**
 * Shapes of everything a runtime answers (contract 2.7, 4.1, 4.2, 4.4, 5.1); those of boxes give their normal form.
 * Keys the contract does not name are let through: a newer server may tell more. What older profiles lack is optional.
 */
const time = z.iso.datetime({ offset: true });
const boxId = z.string().regex(/^[0-9A-Za-z]{12}$/, 'a box id is 12 letters and digits');
const counter = z.int().min(0);

/** The policy of a network in one direction (contract 12.6). */
export const directionSchema = z.looseObject({ mode: z.string(), allow_net: z.array(z.string()).optional() });

/** Both directions. */
const policySchema = z.looseObject({ outbound: directionSchema, inbound: directionSchema });

/** The same in normal form; rules in no order. */
const policy = (outbound: string, inbound: string, rules: readonly string[] | undefined) => ({
  ...{ outbound, inbound },
  ...(rules && { allowNet: rulesText(rules) }),
});

/** Box over REST (contract 4.4). `exit_code` is absent while there is none: null then, as REST can tell that. */
export const restBoxSchema = z
  .looseObject({
    box_id: boxId,
    name: z.string().nullable(),
    status: z.string().min(1),
    created_at: time,
    updated_at: time,
    pid: z.int().positive().nullish(),
    image: z.string(),
    cpus: z.int().positive(),
    memory_mib: z.int().positive(),
    network: policySchema.nullish(),
    labels: z.record(z.string(), z.string()).optional(),
    auto_stop: counter.optional(),
    auto_delete: counter.optional(),
    auto_resume: z.boolean().optional(),
    exit_code: z.int().optional(),
  })
  .refine((box) => Date.parse(box.created_at) <= Date.parse(box.updated_at), 'created_at is after updated_at')
  .transform(
    (box): BoxObservation => ({
      id: box.box_id,
      name: box.name,
      status: box.status.toLowerCase(),
      exitCode: box.exit_code ?? null,
      pid: box.pid ?? null,
      image: box.image,
      createdAt: box.created_at,
      shown: {
        cpus: box.cpus,
        memoryMib: box.memory_mib,
        ...(box.network &&
          policy(box.network.outbound.mode, box.network.inbound.mode, box.network.outbound.allow_net)),
        ...(box.auto_stop === undefined ? {} : { autoStopS: box.auto_stop }),
        ...(box.auto_delete === undefined ? {} : { autoDeleteS: box.auto_delete }),
        ...(box.auto_resume === undefined ? {} : { autoResume: box.auto_resume }),
      },
    }),
  );

export const restBoxesSchema = z.looseObject({ boxes: z.array(restBoxSchema) });

/** A snapshot of a box (contract 11.1); the sizes are not judged. */
export const snapshotSchema = z.looseObject({
  id: z.string().min(1),
  box_id: boxId,
  name: z.string(),
  created_at: counter,
  container_disk_bytes: counter,
  size_bytes: counter,
});
export const snapshotsSchema = z.looseObject({ snapshots: z.array(snapshotSchema) });

/** Answer to POST exec. */
export const startedExecutionSchema = z.looseObject({ execution_id: z.string().min(1) });

/** GET execution; a finished one must tell its code. */
export const executionSchema = z
  .looseObject({
    execution_id: z.string().min(1),
    status: z.enum(['running', 'completed', 'killed', 'timed_out']),
    exit_code: z.int().optional(),
  })
  .refine((it) => it.status !== 'completed' || it.exit_code !== undefined, 'completed without exit_code')
  .refine((it) => it.status !== 'running' || it.exit_code === undefined, 'running with exit_code');

/** Error envelope (contract 4.1). `code` is a word; servers before that generation send a number. */
export const envelopeSchema = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    type: z.string().min(1),
    code: z.union([z.string().min(1), z.number()]),
  }),
});

export const configSchema = z.looseObject({ capabilities: z.record(z.string(), z.boolean()) });

/** Entry of `list --format json`: neither code nor pid. */
export const cliListSchema = z.array(
  z
    .looseObject({
      ID: boxId,
      Image: z.string(),
      Status: z.string().min(1),
      CreatedAt: z.string(),
      Names: z.string(),
    })
    .transform(
      (box): BoxObservation => ({
        id: box.ID,
        name: box.Names || null,
        status: box.Status.toLowerCase(),
        image: box.Image,
        createdAt: box.CreatedAt,
      }),
    ),
);

const cliDirection = z.looseObject({ Mode: z.string(), AllowNet: z.array(z.string()).nullish() });

/** Entry of `inspect`. Profiles before 0.10 keep no exit code; a code 0 means 0 or none (contract 2.7). */
export const cliInspectSchema = z.array(
  z
    .looseObject({
      Id: boxId,
      Name: z.string(),
      Image: z.string(),
      Created: time,
      Status: z.string().min(1),
      State: z.looseObject({
        Status: z.string().min(1),
        Running: z.boolean(),
        Pid: z.int().min(0),
        ExitCode: z.int().optional(),
      }),
      Cpus: z.int().positive(),
      Memory: z.int().positive(),
      Network: z.looseObject({ Outbound: cliDirection, Inbound: cliDirection }).nullish(),
    })
    .transform(
      ({ State: { Status, Pid, ExitCode }, ...box }): BoxObservation => ({
        id: box.Id,
        name: box.Name || null,
        status: Status.toLowerCase(),
        ...(ExitCode ? { exitCode: ExitCode } : {}),
        ...(ExitCode === 0 ? { zeroCode: true } : {}),
        pid: Pid || null,
        image: box.Image,
        createdAt: box.Created,
        shown: {
          cpus: box.Cpus,
          memoryMib: box.Memory / 2 ** 20,
          ...(box.Network &&
            policy(
              box.Network.Outbound.Mode,
              box.Network.Inbound.Mode,
              box.Network.Outbound.AllowNet ?? undefined,
            )),
        },
      }),
    ),
);

/** What an SDK tells of a box (contract 15.2), as its driver passes it on; older ones tell no exit code. */
export const sdkBoxSchema = z
  .strictObject({
    id: boxId,
    name: z.string().nullable(),
    status: z.string().min(1),
    exit_code: z.int().nullish(),
    pid: z.int().positive().nullable(),
    image: z.string(),
    created_at: time,
  })
  .transform(
    ({ id, name, status, exit_code, pid, image, created_at }): BoxObservation => ({
      ...{ id, name, status: status.toLowerCase(), pid, image, createdAt: created_at },
      ...(exit_code === undefined ? {} : { exitCode: exit_code }),
    }),
  );

/** Text frames a server sends on an attach (contract 5.3). */
export const serverFrameSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('exit'), exit_code: z.int() }),
  z.looseObject({ type: z.literal('error'), message: z.string(), code: z.string().optional() }),
]);
