import { InfrastructureError } from '../domain/infrastructure-error.ts';

/** Tells that something about the lab has to be put right by a person, or that the lab was lost; the message says what. */
export class LabError extends InfrastructureError {
  override name = 'LabError';
}
