/** The script cannot be parsed. `unfinished`: more text could make it complete. */
export class SyntaxFault extends Error {
  override name = 'SyntaxFault';
  readonly unfinished: boolean;
  constructor(message: string, unfinished = false) {
    super(message);
    this.unfinished = unfinished;
  }
}
