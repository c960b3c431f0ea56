import { LabError } from '../../../lab/index.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';

/** Passes a promise on; trouble of the lab becomes the error that never counts as an answer of the runtime. */
export async function infrastructure<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof LabError) throw new InfrastructureError(error.message, { cause: error });
    throw error;
  }
}
