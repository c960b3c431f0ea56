import type { Bytes } from '../domain/bytes.ts';
import type { Observation } from '../domain/observation.ts';
import type { RestExpecting } from '../runtime/normal-form/index.ts';
import { type CliExpecting, fromCli, fromRest } from '../runtime/normal-form/index.ts';
import type { CliAnswer, RestAnswer } from '../runtime/ports/session.ts';
import type { StepContext } from './step-context.ts';

interface CliCall {
  expecting: CliExpecting;
  deadlineMs: number;
  stdin?: Bytes | undefined;
  /** For batches: the targets as typed. */
  targets?: readonly string[];
}

/** One CLI process, in normal form. */
export async function callCli(
  stepContext: StepContext,
  via: 'cli' | 'url',
  args: string[],
  call: CliCall,
): Promise<Observation> {
  const answer = await rawCli(stepContext, via, args, call);
  return fromCli(answer, call.expecting, call.targets);
}

/** One CLI process as it is. */
export const rawCli = (
  stepContext: StepContext,
  via: 'cli' | 'url',
  args: string[],
  call: { deadlineMs: number; stdin?: Bytes | undefined },
): Promise<CliAnswer> =>
  stepContext.session.cli(via, args, {
    timeoutMs: call.deadlineMs,
    signal: stepContext.signal,
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
export const rawRest = (
  stepContext: StepContext,
  request: RestCall,
  deadlineMs: number,
): Promise<RestAnswer> =>
  stepContext.session.rest(request, { timeoutMs: deadlineMs, signal: stepContext.signal });

/** One HTTP request, in normal form. */
export const callRest = async (
  stepContext: StepContext,
  request: RestCall,
  expecting: RestExpecting,
  deadlineMs: number,
): Promise<Observation> => fromRest(await rawRest(stepContext, request, deadlineMs), expecting);
