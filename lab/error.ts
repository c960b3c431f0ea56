/** Something about the lab a person has to put right; the message says what. */
export class LabError extends Error {
  override name = 'LabError';
}
