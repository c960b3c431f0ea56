import type { Parsed } from './parse.ts';

/** One verb of the command line: takes the parsed words, writes to stdout and stderr, gives the exit code. */
export type Verb = (parsed: Parsed) => Promise<number>;
