/** Tells that this machine cannot make the call that a step asks for, such as one of too many words: nothing is said of the runtime. */
export class UnsendableError extends Error {
  override name = 'UnsendableError';
}
