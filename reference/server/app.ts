import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Fault, internalFault, invalidArgument, noSuchExecution } from '../core/fault.ts';
import type { Box, Runtime } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import { newSession, type Session } from './session.ts';

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
    // A per cent sign that begins no escape stands for itself.
    return decodeURIComponent(segment.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
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
  const type = call.message.headers['content-type'] ?? '';
  if (!type.startsWith('application/json') && !defect('content-type-unchecked'))
    throw new Fault('unsupported-media-type', `expected content-type application/json, got '${type}'`);
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

/** Totals since the server began; they only grow. */
interface Totals {
  created: number;
  failed: number;
  stopped: number;
  commands: number;
  commandErrors: number;
}

/** What was executed in one box since the server or its run began. */
export interface Usage {
  commands: number;
  errors: number;
  /** Bytes of output that came from its commands, and of stdin that they were sent. */
  received: number;
  sent: number;
}

/** What a running server knows. */
export interface App {
  runtime: Runtime;
  apiKey: string | undefined;
  /** Sessions of tenants by their id, and main sessions by their box. */
  tenants: Map<string, Session>;
  mains: Map<string, Session>;
  totals: Totals;
  /** By the id of a box; absent until its first command, and again from its next run on. */
  usage: Map<string, Usage>;
}

/** Counts a command that has reached its box, and whether it could not be started there (contract 13). */
export function count(app: App, box: Box, failed: boolean): void {
  const usage = usageOf(app, box);
  app.totals.commands += 1;
  usage.commands += 1;
  if (!failed || defect('exec-errors-uncounted')) return;
  app.totals.commandErrors += 1;
  usage.errors += 1;
}

/** What is counted of a box from now on. */
export function usageOf(app: App, box: Box): Usage {
  const { id } = box.record;
  const usage = app.usage.get(id) ?? { commands: 0, errors: 0, received: 0, sent: 0 };
  if (!box.removed) app.usage.set(id, usage);
  return usage;
}

/**
 * The session an execution id means in a box; the container id means the main session.
 * @throws Fault not-found for any other text, one that names another box's execution included.
 */
export function sessionOf(app: App, box: Box, id: string): Session {
  const main = app.mains.get(box.record.id);
  const found = id === box.record.containerId ? main : app.tenants.get(id);
  const known = found?.box === box && found.process !== null;
  if (known && !(found.exitCode !== null && defect('completed-execution-forgotten'))) return found;
  if (defect('bogus-execution-accepted')) return completedSession(box, id);
  throw defect('bogus-execution-500') ? internalFault(`no stream for ${id}`) : noSuchExecution(id);
}

const completedSession = (box: Box, id: string): Session => ({
  ...newSession(box, id, { main: false, process: id }),
  exitCode: 0,
  endedAtMs: Date.now(),
});

/** The main session of a box that has been booted but not started, made when there is none. */
export function pendingMain(app: App, box: Box): Session {
  const known = app.mains.get(box.record.id);
  if (known && known.process === null) return known;
  const { containerId } = box.record;
  const session = newSession(box, containerId, { main: true, process: null });
  app.mains.set(box.record.id, session);
  return session;
}

/** Sessions of one box. */
export function sessionsOf(app: App, box: Box): Session[] {
  const main = app.mains.get(box.record.id);
  const tenants = [...app.tenants.values()].filter((session) => session.box === box);
  return main ? [main, ...tenants] : tenants;
}
