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
