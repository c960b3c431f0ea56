import { type BoxSpec, type ImageSource, plainSpec } from '../core/box.ts';
import type { Capabilities } from '../core/capabilities.ts';
import { Fault, invalidArgument } from '../core/fault.ts';
import { isEnabled, type Network } from '../core/network.ts';
import { profile } from '../core/profile.ts';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import type { Policy } from '../guest/network.ts';

type Body = Record<string, unknown>;

/** Reads one field of a body: the value, or a fault that names the field. */
type Check<T> = (value: unknown, field: string) => T;

const check =
  <T>(wanted: string, is: (value: unknown) => value is T): Check<T> =>
  (value, field) => {
    if (is(value)) return value;
    throw invalidArgument(`field '${field}' must be ${wanted}`);
  };

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';

const text = check('a string', isText);
const flag = check('true or false', (value) => typeof value === 'boolean');
const seconds = check('a number, 0 or more', (value): value is number => isNumber(value) && value >= 0);
const whole = check(
  'a whole number, 0 or more',
  (value): value is number => isNumber(value) && Number.isInteger(value) && value >= 0,
);
/** Whether a value is a whole number above 0. */
export const isPositive = (value: unknown): value is number =>
  isNumber(value) && Number.isInteger(value) && value > 0;
export const positive = check('a whole number above 0', isPositive);
const list = check('an array', (value): value is unknown[] => Array.isArray(value));
const texts = check(
  'an array of strings',
  (value): value is string[] => Array.isArray(value) && value.every(isText),
);
const fields = check(
  'an object',
  (value): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const textMap = check(
  'an object of strings',
  (value): value is Record<string, string> =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isText),
);

/** A field that may be left out or null. */
const optional = <T>(body: Body, field: string, is: Check<T>): T | undefined =>
  body[field] === undefined || body[field] === null ? undefined : is(body[field], field);

/** Fields of a body, some of which have no effect here. */
const known = new Set(
  `name image rootfs_path cpus memory_mib disk_size_gb working_dir env entrypoint cmd user tty detach network
  advanced secrets volumes auto_stop auto_delete auto_resume`.split(/\s+/),
);

/**
 * Reads the body of POST boxes (contract 4.4).
 * @throws Fault invalid-argument for an unknown key, a wrong type or a contradiction.
 */
export function createBody(body: Body): { name: string | null; spec: BoxSpec } {
  const unknown = Object.keys(body).find((key) => !known.has(key));
  if (unknown !== undefined && !defect('unknown-key-accepted'))
    throw invalidArgument(`unknown field '${unknown}'`);
  const volumes = optional(body, 'volumes', list) ?? [];
  if (volumes.length > 0 && !spoil?.acceptsVolumes())
    throw new Fault('invalid-argument', 'managed volumes are not supported by boxlite serve');
  const autoStopS = optional(body, 'auto_stop', whole) ?? 0;
  const autoDeleteS = optional(body, 'auto_delete', whole) ?? 0;
  if (autoDeleteS > 0 && autoDeleteS <= autoStopS && !defect('deadline-order-unchecked'))
    throw invalidArgument('auto_delete must be greater than auto_stop');
  const name = optional(body, 'name', text) || null;
  const spec: BoxSpec = {
    ...plainSpec,
    source: sourceOf(body),
    ...commandOf(body),
    env: optional(body, 'env', textMap) ?? {},
    workdir: optional(body, 'working_dir', text) ?? '/',
    user: optional(body, 'user', text) ?? '',
    tty: optional(body, 'tty', flag) ?? false,
    cpus: optional(body, 'cpus', positive) ?? 1,
    memoryMib: optional(body, 'memory_mib', positive) ?? 1024,
    diskGb: optional(body, 'disk_size_gb', whole) ?? 0,
    capabilities: capabilitiesOf(body),
    network: networkOf(body),
    mounts: spoil ? spoil.restMounts(volumes) : [],
    detached: optional(body, 'detach', flag) ?? (profile.deadlines || autoDeleteS === 0),
    autoStopS,
    autoDeleteS,
    autoResume: optional(body, 'auto_resume', flag) ?? true,
  };
  return { name, spec };
}

function commandOf(body: Body): Pick<BoxSpec, 'entrypoint' | 'cmd'> {
  const entrypoint = optional(body, 'entrypoint', texts) ?? [];
  const cmd = optional(body, 'cmd', texts);
  if (entrypoint.length === 0 && cmd?.length === 0 && defect('empty-command-makes-job'))
    return { entrypoint: ['sh'], cmd };
  return { entrypoint, cmd: cmd ?? [] };
}

/** `advanced.capabilities` of a body. */
function capabilitiesOf(body: Body): Capabilities {
  const asked = optional(optional(body, 'advanced', fields) ?? {}, 'capabilities', fields) ?? {};
  return { add: optional(asked, 'add', texts) ?? [], drop: optional(asked, 'drop', texts) ?? [] };
}

/** `network` of a body, in either of its forms. */
function networkOf(body: Body): Network {
  const asked = optional(body, 'network', fields) ?? {};
  const isNested = 'outbound' in asked || 'inbound' in asked;
  const isFlat = 'mode' in asked || 'allow_net' in asked;
  if (isNested && isFlat) throw invalidArgument('network must use either nested or flat policies');
  const out = isFlat ? asked : optional(asked, 'outbound', fields);
  const inward = optional(asked, 'inbound', fields);
  const { outbound, rules } = out ? policyOf(out) : plainSpec.network;
  const reached = inward ? policyOf(inward) : undefined;
  if (reached && reached.rules.length > 0) throw invalidArgument('inbound.allow_net is not supported yet');
  return { outbound, rules, inbound: reached?.outbound ?? plainSpec.network.inbound, hasDevice: outbound };
}

/**
 * Reads the policy of a direction.
 * @throws Fault invalid-argument.
 */
export function policyOf(body: Body): Policy {
  const unknown = Object.keys(body).find((key) => key !== 'mode' && key !== 'allow_net');
  if (unknown !== undefined) throw invalidArgument(`unknown field '${unknown}'`);
  return { outbound: isEnabled(text(body.mode, 'mode')), rules: optional(body, 'allow_net', texts) ?? [] };
}

function sourceOf(body: Body): ImageSource {
  const image = optional(body, 'image', text);
  const rootfs = optional(body, 'rootfs_path', text);
  if (image !== undefined && rootfs !== undefined)
    throw invalidArgument("'image' and 'rootfs_path' cannot be given together");
  return rootfs === undefined ? { image: image ?? 'alpine:latest' } : { rootfs };
}

/** Body of POST exec. */
export interface ExecBody {
  argv: string[];
  env: Record<string, string>;
  stdin: string | undefined;
  timeoutS: number;
  workdir: string | undefined;
  user: string | undefined;
  tty: boolean;
}

/**
 * Reads the body of POST exec; unknown keys are ignored.
 * @throws Fault invalid-argument that names the field.
 */
export function execBody(body: Body): ExecBody {
  const command = text(body.command, 'command');
  if (command === '') throw invalidArgument("field 'command' must not be empty");
  return {
    argv: [command, ...(optional(body, 'args', texts) ?? [])],
    env: optional(body, 'env', textMap) ?? {},
    stdin: optional(body, 'stdin', text),
    timeoutS: optional(body, 'timeout_seconds', seconds) ?? 0,
    workdir: optional(body, 'working_dir', text),
    user: userOf(body),
    tty: optional(body, 'tty', flag) ?? false,
  };
}

/** A server without the capability takes no user, and does not run the command as another one. */
function userOf(body: Body): string | undefined {
  const user = optional(body, 'user', text);
  if (user === undefined || profile.execUser) return user;
  throw new Fault('unsupported', 'this server has no per-exec user');
}

/** Signals a client may send (contract 5.1); KILL is the DELETE of the execution. */
export const allowedSignals: readonly number[] = [1, 2, 3, 6, 10, 12, 15, 28];

/** Refusal of any other. */
export const signalNotAllowed = (signal: number): string =>
  `signal ${signal} not allowed; whitelist: [${allowedSignals.join(', ')}]`;
