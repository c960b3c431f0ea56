import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Fault, invalidArgument } from '../core/fault.ts';

/** One request, taken apart. */
export interface Call {
  method: string;
  /** Decoded path segments. */
  path: string[];
  query: URLSearchParams;
  message: IncomingMessage;
}

/**
 * Takes method, path and query out of a request.
 * @throws Fault invalid-argument for a broken percent-encoding.
 */
export function callOf(message: IncomingMessage): Call {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).split('/').slice(1).map(decoded);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  return { method: message.method ?? 'GET', path, query, message };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidArgument(`path segment '${segment}' is not percent-encoded UTF-8`);
  }
}

/** The caller's request id, or a fresh one (contract 4.1). */
export function requestIdOf(message: IncomingMessage): string {
  const given = message.headers['x-request-id'];
  return typeof given === 'string' && given !== '' ? given : randomUUID();
}

/**
 * Every route but the configuration needs the key, if there is one (contract 4.1).
 * @throws Fault unauthenticated.
 */
export function checkKey(apiKey: string | undefined, call: Call): void {
  if (apiKey === undefined || call.path.join('/') === 'v1/config') return;
  if (call.message.headers.authorization === `Bearer ${apiKey}`) return;
  throw new Fault('unauthenticated', 'invalid or missing API key');
}

/**
 * The whole body.
 * @throws Fault payload-too-large above `limitBytes`.
 */
export async function bodyOf(call: Call, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of call.message as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > limitBytes)
      throw new Fault('payload-too-large', `request body is larger than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Largest JSON body: a megabyte of stdin in base64 is far below it. */
const jsonLimitBytes = 16 * 2 ** 20;

/**
 * The body as a JSON object.
 * @throws Fault invalid-argument for anything but an object.
 */
export async function jsonOf(call: Call): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse((await bodyOf(call, jsonLimitBytes)).toString('utf8'));
  } catch (error) {
    throw error instanceof Fault ? error : invalidArgument('the request body is not valid JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw invalidArgument('the request body must be a JSON object');
}
