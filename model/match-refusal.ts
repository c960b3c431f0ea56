import type { RefusedObservation } from '../domain/observation.ts';
import { isSdk, type Sdk, type Surface } from '../domain/surface.ts';
import { type Reason, refusals } from './reasons.ts';
import type { Refusal } from './refusal.ts';

/** The `type` word that belongs to each `code` (contract 4.5). */
export const typeOfCode: Readonly<Record<string, string>> = {
  invalid_argument: 'InvalidArgumentError',
  unsupported: 'UnsupportedError',
  unauthenticated: 'AuthError',
  not_found: 'NotFoundError',
  invalid_state: 'InvalidStateError',
  stopped: 'StoppedError',
  already_exists: 'AlreadyExistsError',
  conflict: 'ConflictError',
  session_reaped: 'SessionReapedError',
  resource_exhausted: 'ResourceExhaustedError',
  image_pull_failed: 'ImageError',
  execution_failed: 'ExecutionError',
};

/** What does not fit between a refusal and the reason it should have been given for. */
export function refusalDifference(reason: Reason, seen: RefusedObservation, via: Surface | '-'): string[] {
  const refusal: Refusal = refusals[reason];
  const text = seen.text.toLowerCase();
  if (isSdk(via)) {
    const { kinds, any } = sdkRefusal(refusal, via);
    if (!kinds.includes(seen.kind ?? ''))
      return [`raised ${seen.kind} instead of ${kinds.join(' or ')} (${seen.text.slice(0, 200)})`];
    return textDifference([], any, text);
  }
  if (via === 'rest')
    return refusal.rest ? restDifference(refusal.rest, seen, text) : [`REST has no refusal for ${reason}`];
  return refusal.cli ? cliDifference(refusal.cli, seen, text) : [`the CLI has no refusal for ${reason}`];
}

/** How an SDK raises a refusal: in kinds of its own, or those that the server's codes stand for (contract 15.3). */
export function sdkRefusal({ sdk, rest }: Refusal, via: Sdk): NonNullable<Refusal['sdk']> {
  if (sdk) return via === 'local-sdk' ? { ...sdk, kinds: [...sdk.kinds, ...(sdk.local ?? [])] } : sdk;
  const kinds = (rest?.answers ?? []).map(([, code]) => kindOfCode(code));
  return { kinds: [...new Set(kinds)], ...(rest?.any && { any: rest.any }) };
}

const kindOfCode = (code: string): string =>
  code === 'conflict' ? 'InvalidState' : (typeOfCode[code] ?? code).replace(/Error$/u, '');

function restDifference(
  want: NonNullable<Refusal['rest']>,
  seen: RefusedObservation,
  text: string,
): string[] {
  const pairs = want.answers.map(([status, code]) => `${status} ${code}`);
  const got = `${seen.status} ${seen.code}`;
  if (!pairs.includes(got))
    return [`answered ${got} instead of ${pairs.join(' or ')} (${seen.text.slice(0, 200)})`];
  const type = typeOfCode[seen.code ?? ''];
  if (type && type !== seen.type) return [`error type ${seen.type} instead of ${type}`];
  return textDifference([], want.any, text);
}

function cliDifference(want: NonNullable<Refusal['cli']>, seen: RefusedObservation, text: string): string[] {
  if (seen.exit !== want.exit) return [`exit ${seen.exit} instead of ${want.exit}`];
  return textDifference(want.all ?? [], want.any, text);
}

function textDifference(all: readonly string[], any: readonly string[] | undefined, text: string): string[] {
  const missing = all
    .filter((part) => !text.includes(part))
    .map((part) => `the message lacks "${part}": ${text.slice(0, 300)}`);
  if (any && !any.some((part) => text.includes(part))) {
    missing.push(
      `the message has none of ${any.map((part) => `"${part}"`).join(', ')}: ${text.slice(0, 300)}`,
    );
  }
  return missing;
}
