/** The ways a server is ended, with the signal of each. */
export const serverEnds = { interrupt: 'INT', terminate: 'TERM', kill: 'KILL' } as const;

/** A ServerEnd names one of them: as an operator would, politely, or at once. */
export type ServerEnd = keyof typeof serverEnds;
