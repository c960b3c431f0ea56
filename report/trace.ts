import type { Event } from '../program/history.ts';
import { abbreviate } from './abbreviate.ts';

/** The trace of a program: one executed step a line as JSON, long byte strings abbreviated. */
export const traceOf = (events: readonly Event[]): string =>
  events.map((event) => `${JSON.stringify(abbreviate(event))}\n`).join('');
