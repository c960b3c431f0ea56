import { readFileSync } from 'node:fs';

/** The program by which ports of a machine are found, held and connected to: text for `perl -e`, the same on every target. */
export const tcpScript: string = readFileSync(new URL('./tcp.pl', import.meta.url), 'utf8').trimEnd();
