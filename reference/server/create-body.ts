import { type BoxSpec, type ImageSource, plainSpec } from '../core/box.ts';
import { Fault, invalidArgument } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { flag, listOf, object, optional, positive, text, textMap, texts, whole } from './fields.ts';

const known = new Set(
  `name image rootfs_path cpus memory_mib disk_size_gb working_dir env entrypoint cmd user tty detach network
  advanced secrets volumes auto_stop auto_delete auto_resume`.split(/\s+/),
);

/** A box asked for over REST. */
export interface CreateBody {
  name: string | null;
  spec: BoxSpec;
}

/**
 * Reads the body of POST boxes (contract 4.4).
 * @throws Fault invalid-argument for an unknown key, a wrong type or a contradiction.
 */
export function createBody(body: Record<string, unknown>): CreateBody {
  const unknown = Object.keys(body).find((key) => !known.has(key));
  if (unknown !== undefined && !defect('unknown-key-accepted'))
    throw invalidArgument(`unknown field '${unknown}'`);
  checkUnusedFields(body);
  const autoStopS = optional(body, 'auto_stop', whole) ?? 0;
  const autoDeleteS = optional(body, 'auto_delete', whole) ?? 0;
  if (autoDeleteS > 0 && autoDeleteS <= autoStopS)
    throw invalidArgument('auto_delete must be greater than auto_stop');
  const name = optional(body, 'name', text) || null;
  const spec: BoxSpec = {
    ...plainSpec,
    source: sourceOf(body),
    entrypoint: optional(body, 'entrypoint', texts) ?? [],
    cmd: optional(body, 'cmd', texts) ?? [],
    env: optional(body, 'env', textMap) ?? {},
    workdir: optional(body, 'working_dir', text) ?? '/',
    tty: optional(body, 'tty', flag) ?? false,
    cpus: optional(body, 'cpus', positive) ?? 1,
    memoryMib: optional(body, 'memory_mib', positive) ?? 1024,
    mounts: spoil ? spoil.restMounts(volumesOf(body)) : [],
    detached: optional(body, 'detach', flag) ?? (profile.deadlines || autoDeleteS === 0),
    autoStopS,
    autoDeleteS,
    autoResume: optional(body, 'auto_resume', flag) ?? true,
  };
  return { name, spec };
}

function sourceOf(body: Record<string, unknown>): ImageSource {
  const image = optional(body, 'image', text);
  const rootfs = optional(body, 'rootfs_path', text);
  if (image !== undefined && rootfs !== undefined)
    throw invalidArgument("'image' and 'rootfs_path' cannot be given together");
  return rootfs === undefined ? { image: image ?? 'alpine:latest' } : { rootfs };
}

const volumesOf = (body: Record<string, unknown>): unknown[] =>
  optional(
    body,
    'volumes',
    listOf((value) => value),
  ) ?? [];

/** Fields with no effect here still have types and rules. */
function checkUnusedFields(body: Record<string, unknown>): void {
  optional(body, 'disk_size_gb', positive);
  optional(body, 'user', text);
  optional(body, 'network', object);
  optional(body, 'advanced', object);
  for (const secret of optional(body, 'secrets', listOf(object)) ?? [])
    for (const key of ['name', 'value'])
      if (text(secret[key], `secrets.${key}`) === '')
        throw invalidArgument(`secret ${key} must not be empty`);
  const volumes = volumesOf(body);
  if (volumes.length > 0 && !spoil?.acceptsVolumes())
    throw new Fault('invalid-argument', 'managed volumes are not supported by boxlite serve');
}
