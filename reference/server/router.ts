import { Fault, noSuchBox } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import type { App, Call } from './app.ts';
import type { Reply, Routes } from './route.ts';
import { boxRoutes, executionRoutes } from './routes/boxes.ts';
import { copyRoutes } from './routes/copies.ts';
import { fileRoutes } from './routes/files.ts';
import { networkRoutes } from './routes/network.ts';
import { serverRoutes } from './routes/server.ts';

const routes: Routes = {
  ...serverRoutes,
  ...boxRoutes,
  ...executionRoutes,
  ...fileRoutes,
  ...copyRoutes,
  ...networkRoutes,
};

/**
 * Takes the ids out of a path: in `v1/boxes/B/executions/E/attach` they stand at odd places below the version. A box may
 * be called `import`, so that only a POST of it is the import.
 */
export function routeOf({ path: [version, ...segments], method }: Pick<Call, 'path' | 'method'>): {
  path: string;
  box: string;
  execution: string;
} {
  const [, box = '', , execution = ''] = segments;
  const isImport = method === 'POST' && segments.join('/') === 'boxes/import';
  const isId = (segment: string, index: number) =>
    segment !== '' && !isImport && (index === 1 || index === 3);
  const path = segments.map((segment, index) => (isId(segment, index) ? '*' : segment)).join('/');
  return { path: version === 'v1' ? path : '', box, execution };
}

/**
 * Answers a call.
 * @throws Fault not-found for a path no route has, method-not-allowed for a method the route has not.
 */
export function dispatch(app: App, call: Call): Promise<Reply> {
  const { path, box, execution } = routeOf(call);
  if (isName(app, box) && defect('name-unknown-over-rest')) throw noSuchBox(box);
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!methods) throw new Fault('not-found', `not found: no route ${call.path.join('/')}`);
  const handler = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
  if (!handler) throw new Fault('method-not-allowed', `method ${call.method} is not allowed here`);
  return handler(app, call, box, execution);
}

const isName = (app: App, typed: string): boolean =>
  [...app.runtime.boxes.values()].some(({ record }) => record.name === typed);
