/** Tells that the machine under the runtime broke, not the runtime. Any call may throw it; it is never a counterexample. */
export class InfrastructureError extends Error {
  override name = 'InfrastructureError';
}
