/** Thrown into the thread of a process that has ended; not an error, so it carries no stack. */
export class ProcessGone {
  readonly is = 'process-gone';
}
