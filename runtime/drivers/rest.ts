import { Agent, type Dispatcher } from 'undici';
import { type Bytes, fromBuffer } from '../../domain/bytes.ts';
import { withoutKeys } from '../../files/secret.ts';
import type { CallOptions, RestAnswer, Session } from '../ports/session.ts';

/** A Server is a BoxLite server as a client knows it. */
export interface Server {
  /** `http://host:port`, maybe with a path in front of `/v1`. */
  baseUrl: string;
  apiKey?: string | undefined;
  /** Segment some servers want between `/v1` and `/boxes` (contract 1.2, `--path-prefix`). */
  prefix?: string | undefined;
}

/** Gives the path to send for a path of the contract, which begins with `/v1/`. */
export function serverPath(server: Server, path: string): string {
  const base = new URL(server.baseUrl).pathname.replace(/\/+$/, '');
  const routed = server.prefix ? path.replace(/^\/v1\/(?=boxes(?:[/?]|$))/, `/v1/${server.prefix}/`) : path;
  return `${base}${routed}`;
}

/** A RestRequest is one HTTP request: what {@link Session.rest} takes. */
type RestRequest = Parameters<Session['rest']>[0];

/** Largest body taken in; contract 4.5 lets an archive have 512 MiB unpacked, no program comes near it. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** A RestClient is a pool of connections to one server. */
export type RestClient = ReturnType<typeof restClient>;

/**
 * Opens an HTTP client. No retries and no redirects, which would hide what a user sees. Paths go out exactly
 * as given (percent-encoding is the caller's): they never pass through `new URL`, which would swallow a box
 * called `..`.
 */
export function restClient(server: Server) {
  // A connection is kept only briefly: one the server closes at the same moment would look like its failure.
  const agent = new Agent({ keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 });
  return {
    /** Never rejects: a failed connection, a timeout or an endless body is an answer with status 0. */
    async request(request: RestRequest, options: CallOptions): Promise<RestAnswer> {
      const startedMs = performance.now();
      const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(options.timeoutMs)));
      const { method, path } = request;
      const answer = { method, path, status: 0, headers: {}, body: '', timedOut: false };
      const ms = () => Math.round(performance.now() - startedMs);
      try {
        const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
        const { statusCode: status, headers, body } = await agent.request(dispatch(server, request, signal));
        return { ...answer, status, headers: flat(headers), body: await readBody(body), ms: ms() };
      } catch (error) {
        return { ...answer, err: describe(error), timedOut: deadline.aborted, ms: ms() };
      }
    },
    close: (): Promise<void> => agent.destroy(),
  };
}

function dispatch(server: Server, request: RestRequest, signal: AbortSignal): Dispatcher.RequestOptions {
  const type = request.contentType ?? (request.json === undefined ? undefined : 'application/json');
  const headers: Record<string, string> = {};
  if (type !== undefined) headers['content-type'] = type;
  if (server.apiKey !== undefined) headers.authorization = `Bearer ${server.apiKey}`;
  const body = request.body ?? (request.json === undefined ? null : JSON.stringify(request.json));
  const { origin } = new URL(server.baseUrl);
  const path = serverPath(server, request.path);
  const method = request.method as Dispatcher.HttpMethod;
  // The deadline of the call is the only clock.
  return { origin, path, method, headers, body, signal, headersTimeout: 0, bodyTimeout: 0 };
}

async function readBody(stream: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
    if (sizeBytes > BODY_LIMIT_BYTES) throw new Error(`the body is longer than ${BODY_LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  // Before anything is cut or made alike: a part of a key, or one in other letters, would not be known as one.
  return withoutKeys(fromBuffer(Buffer.concat(chunks)));
}

/** Gives the headers with one value each. */
export const flat = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, withoutKeys([value ?? []].flat().join(', '))]),
  );

/** Tells an error of the transport in one line, with its code first. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  const cause = error.cause instanceof Error ? `: ${describe(error.cause)}` : '';
  return `${code}${error.message || error.name}${cause}`;
}
