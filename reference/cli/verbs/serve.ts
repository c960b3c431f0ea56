import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../core/fault.ts';
import { openRuntime } from '../../core/open.ts';
import { httpServer } from '../../server/http.ts';
import { endAll, newApp, sweep, sweepEveryMs } from '../../server/life.ts';
import { contextOf } from '../context.ts';
import { flagValue, type Parsed, UsageError } from '../parse.ts';

/** `boxlite serve`: owns a home and answers REST and WebSocket until it is interrupted (contract 4.1). */
export async function serve(parsed: Parsed): Promise<number> {
  const { host, port, apiKey } = listenOn(parsed);
  const runtime = await openRuntime(contextOf(parsed).home);
  const app = await newApp(runtime, apiKey);
  const server = httpServer(app);
  await once(server.listen(port, host), 'listening');
  const { port: realPort } = server.address() as AddressInfo;
  process.stderr.write(`BoxLite REST API server listening on http://${host}:${realPort}\n`);
  process.on('unhandledRejection', (error) => process.stderr.write(`[boxlite] ${messageOf(error)}\n`));
  const sweeping = setInterval(() => void sweep(app), sweepEveryMs);
  await new Promise((resolve) => process.once('SIGINT', resolve));
  process.stderr.write('Shutting down...\n');
  clearInterval(sweeping);
  server.close();
  await endAll(app);
  server.closeAllConnections();
  await runtime.close();
  return 0;
}

function listenOn(parsed: Parsed) {
  const text = flagValue(parsed, 'port') ?? '8100';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`invalid value '${text}' for '--port <PORT>'`);
  const host = flagValue(parsed, 'host') ?? '127.0.0.1';
  const apiKey = (flagValue(parsed, 'api-key') ?? process.env.BOXLITE_SERVE_API_KEY) || undefined;
  return { host, port, apiKey };
}
