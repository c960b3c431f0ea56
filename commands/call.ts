import type { Bytes } from '../domain/bytes.ts';
import type { Seen } from '../domain/observation.ts';
import type { RestExpecting } from '../runtime/normal-form/index.ts';
import { type CliExpecting, fromCli, fromRest } from '../runtime/normal-form/index.ts';
import type { CliAnswer, RestAnswer } from '../runtime/ports/session.ts';
import type { Hands } from './step-context.ts';

interface CliCall {
  expecting: CliExpecting;
  deadlineMs: number;
  stdin?: Bytes | undefined;
  /** For batches: the targets as typed. */
  targets?: readonly string[];
}

/** One CLI process, in normal form. */
export async function callCli(
  hands: Hands,
  via: 'cli' | 'url',
  args: string[],
  call: CliCall,
): Promise<Seen> {
  const answer = await rawCli(hands, via, args, call);
  return fromCli(answer, call.expecting, call.targets);
}

/** One CLI process as it is. */
export const rawCli = (
  hands: Hands,
  via: 'cli' | 'url',
  args: string[],
  call: { deadlineMs: number; stdin?: Bytes | undefined },
): Promise<CliAnswer> =>
  hands.session.cli(via, args, {
    timeoutMs: call.deadlineMs,
    signal: hands.signal,
    ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
  });

interface RestCall {
  method: string;
  path: string;
  json?: unknown;
  body?: Uint8Array;
  contentType?: string;
}

/** One HTTP request as it is. */
export const rawRest = (hands: Hands, request: RestCall, deadlineMs: number): Promise<RestAnswer> =>
  hands.session.rest(request, { timeoutMs: deadlineMs, signal: hands.signal });

/** One HTTP request, in normal form. */
export const callRest = async (
  hands: Hands,
  request: RestCall,
  expecting: RestExpecting,
  deadlineMs: number,
): Promise<Seen> => fromRest(await rawRest(hands, request, deadlineMs), expecting);
