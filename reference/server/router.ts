import { Fault, noSuchBox } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import type { App } from './app.ts';
import type { Call } from './call.ts';
import type { Reply } from './reply.ts';
import * as boxes from './routes/boxes.ts';
import * as executions from './routes/executions.ts';
import * as files from './routes/files.ts';
import * as server from './routes/server.ts';

/** Handles a call; the arguments are the variable segments of the path. */
type Handler = (app: App, call: Call, ...segments: string[]) => Promise<Reply>;
type Methods = Record<string, Handler>;

/** Attach routes: a GET that is no upgrade ends here. */
const upgradeOnly: Handler = async () => {
  throw new Fault('invalid-argument', 'invalid argument: this route is a WebSocket; send an upgrade request');
};
const attachMain: Handler = async (app, call, box) => {
  await boxes.getBox(app, call, box);
  return upgradeOnly(app, call);
};
const attachExecution: Handler = async (app, call, box, execution) => {
  await executions.getExecution(app, call, box, execution ?? '');
  return upgradeOnly(app, call);
};

/** Routes below `/v1`; `*` stands for one segment, handed to the handler (contract 4.2). */
const routes: Record<string, Methods> = {
  config: { GET: server.getConfig },
  me: { GET: server.getMe },
  metrics: { GET: server.getMetrics },
  boxes: { GET: boxes.getBoxes, POST: boxes.postBoxes },
  'boxes/*': {
    GET: boxes.getBox as Handler,
    HEAD: boxes.headBox as Handler,
    DELETE: boxes.deleteBox as Handler,
  },
  'boxes/*/start': { POST: boxes.postStart as Handler },
  'boxes/*/stop': { POST: boxes.postStop as Handler },
  'boxes/*/metrics': { GET: boxes.getBoxMetrics as Handler },
  'boxes/*/exec': { POST: executions.postExec as Handler },
  'boxes/*/attach': { GET: attachMain },
  'boxes/*/files': { GET: files.getFiles as Handler, PUT: files.putFiles as Handler },
  'boxes/*/executions/*': {
    GET: executions.getExecution as Handler,
    DELETE: executions.deleteExecution as Handler,
  },
  'boxes/*/executions/*/signal': { POST: executions.postSignal as Handler },
  'boxes/*/executions/*/resize': { POST: executions.postResize as Handler },
  'boxes/*/executions/*/attach': { GET: attachExecution },
};

/**
 * Answers a call.
 * @throws Fault not-found for a path no route has, method-not-allowed for a method the route has not.
 */
export function dispatch(app: App, call: Call): Promise<Reply> {
  const segments = belowVersion(call.path);
  if (isName(app, segments[1]) && defect('name-unknown-over-rest')) throw noSuchBox(segments[1] ?? '');
  if (segments[0] === 'volumes' && segments.length <= 2) return server.anyVolumes();
  const methods = methodsOf(segments);
  if (!methods) throw new Fault('not-found', `not found: no route ${call.path.join('/')}`);
  const handler = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
  if (!handler) throw new Fault('method-not-allowed', `method ${call.method} is not allowed here`);
  return handler(app, call, ...segments.filter((_segment, index) => isVariable(segments, index)));
}

const isName = (app: App, typed: string | undefined): boolean =>
  [...app.runtime.boxes.values()].some(({ record }) => record.name === typed);

function methodsOf(segments: string[]): Methods | undefined {
  if (
    segments.some(
      (segment, index) => segment === '' || (segment.includes('/') && !isVariable(segments, index)),
    )
  )
    return undefined;
  const pattern = segments.map((segment, index) => (isVariable(segments, index) ? '*' : segment)).join('/');
  return Object.hasOwn(routes, pattern) ? routes[pattern] : undefined;
}

/** In `boxes/B/executions/E/attach` the ids stand at the odd places. */
const isVariable = (segments: string[], index: number): boolean =>
  segments[0] === 'boxes' && (index === 1 || index === 3);

/** Segments behind `v1`. */
export const belowVersion = ([version, ...rest]: string[]): string[] => (version === 'v1' ? rest : ['']);
