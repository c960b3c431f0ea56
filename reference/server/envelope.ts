import { Fault, type FaultKind, messageOf } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';

interface Row {
  status: number;
  type: string;
  code: string;
}

/** Status, type and code of every kind of fault (contract 4.5). */
const rows: Record<FaultKind, Row> = {
  'invalid-argument': { status: 400, type: 'InvalidArgumentError', code: 'invalid_argument' },
  unsupported: { status: 400, type: 'UnsupportedError', code: 'unsupported' },
  unauthenticated: { status: 401, type: 'AuthError', code: 'unauthenticated' },
  'not-found': { status: 404, type: 'NotFoundError', code: 'not_found' },
  'method-not-allowed': { status: 405, type: 'UnsupportedError', code: 'unsupported' },
  'invalid-state': { status: 409, type: 'InvalidStateError', code: 'invalid_state' },
  conflict: { status: 409, type: 'ConflictError', code: 'conflict' },
  'already-exists': { status: 409, type: 'AlreadyExistsError', code: 'already_exists' },
  'payload-too-large': { status: 413, type: 'InvalidArgumentError', code: 'payload_too_large' },
  'unsupported-media-type': { status: 415, type: 'UnsupportedError', code: 'unsupported' },
  image: { status: 422, type: 'ImageError', code: 'image_pull_failed' },
  execution: { status: 422, type: 'ExecutionError', code: 'execution_failed' },
  internal: { status: 500, type: 'InternalError', code: 'internal' },
};

/** The kind an envelope's status and code speak of; the inverse of `rows`, for clients. */
export function kindOf(status: number, code: string): FaultKind {
  const found = Object.entries(rows).find(([, row]) => row.code === code && row.status === status);
  return (found?.[0] as FaultKind | undefined) ?? (status === 404 ? 'not-found' : 'internal');
}

/** What a failing request is answered with. */
export interface Failure {
  status: number;
  body: { error: { message: string; type: string; code: string; request_id: string } };
}

const shown = (kind: FaultKind): FaultKind =>
  defect('errors-are-500') || (kind === 'execution' && defect('missing-binary-500')) ? 'internal' : kind;

/** The envelope of anything that was thrown; what is no fault is one of the host (contract 4.1). */
export function failureOf(error: unknown, requestId: string): Failure {
  const fault = error instanceof Fault ? error : new Fault('internal', `internal error: ${messageOf(error)}`);
  const { status, type, code } = rows[shown(fault.kind)];
  const shownType = defect('error-type-wrong') ? rows.internal.type : type;
  return {
    status,
    body: { error: { message: fault.message, type: shownType, code, request_id: requestId } },
  };
}

/**
 * Header by which this project's own CLI asks that a box booted for a copy be put back as it was found
 * (contract 4.1, `cp`). Clients that do not know it get the plain behaviour of the files routes.
 */
export const putBackHeader = 'x-boxlite-put-back';
