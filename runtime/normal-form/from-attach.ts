import type { Observation } from '../../domain/observation.ts';
import type { AttachAnswer } from '../ports/session.ts';
import { broken } from './broken.ts';
import { fromRest } from './from-rest.ts';

/** Gives the normal form of a handshake (contract 5.2): attached, or whatever its plain HTTP answer amounts to. */
export function fromAttach(answer: AttachAnswer): Observation {
  if ('socket' in answer) {
    const { executionId } = answer.socket;
    return { is: 'attached', ...(executionId === undefined ? {} : { executionId }) };
  }
  const { status, path } = answer.refused;
  if (status > 0 && status < 400)
    return broken('malformed', `GET ${path}: 101 expected, got ${status}`, status);
  return fromRest(answer.refused, 'done');
}
