/** Takes one line for whoever watches. */
export type Log = (line: string) => void;
