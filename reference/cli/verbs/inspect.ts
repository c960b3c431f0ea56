import type { Backend, BoxView } from '../../backend/backend.ts';
import { Fault } from '../../core/fault.ts';
import { profile } from '../../core/profile.ts';
import { defect } from '../../defects/switch.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue, type Parsed } from '../parse.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';
import { yamlList } from '../yaml.ts';

/** `boxlite inspect`: everything about boxes, as an array (contract 2.7). */
export const verb: Verb = async (parsed) => {
  const render = renderer(flagValue(parsed, 'format') ?? 'json');
  const typed = [...parsed.positionals, ...(parsed.rest ?? [])];
  checkTargets(parsed, typed);
  return closing(await openBackend(contextOf(parsed)), async (backend) => {
    const { found, unknown } = parsed.on.has('latest') ? await latest(backend) : await lookUp(backend, typed);
    own().stdout.write(render(found.map(inspected)));
    for (const text of unknown) own().stderr.write(`Error: ${text}\n`);
    return unknown.length > 0 ? 1 : 0;
  });
};

function checkTargets(parsed: Parsed, typed: string[]): void {
  if (typed.length > 0 || parsed.on.has('latest')) return;
  if (!profile.checksFlagConflicts) throw new Fault('invalid-argument', 'no names or ids specified');
  throw new UsageError('the following required arguments were not provided:\n  <BOX>...');
}

interface LookedUp {
  found: BoxView[];
  /** Error texts, one a box. */
  unknown: string[];
}

async function latest(backend: Backend): Promise<LookedUp> {
  const [newest] = await backend.boxes();
  if (!newest) throw new Fault('not-found', 'no boxes to inspect');
  return { found: [newest], unknown: [] };
}

async function lookUp(backend: Backend, typed: string[]): Promise<LookedUp> {
  const looked: LookedUp = { found: [], unknown: [] };
  for (const text of typed) {
    try {
      looked.found.push(await backend.box(text));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      looked.unknown.push(error.kind === 'not-found' ? `no such box: ${text}` : error.message);
    }
  }
  return looked;
}

const inspected = (box: BoxView) => ({
  Id: box.id,
  Name: box.name ?? '',
  Image: box.image,
  Created: box.createdAt,
  Status: box.status as string,
  State: {
    Status: box.status as string,
    Running: box.status === 'running',
    Pid: box.pid ?? 0,
    ExitCode: defect('inspect-hides-code') ? 0 : (box.exitCode ?? 0),
    StartedAt: box.startedAt,
    ...(profile.checksFlagConflicts ? { LastActivityAt: null } : {}),
  },
  Cpus: box.cpus,
  Memory: box.memoryMib * 2 ** 20,
});

type Inspected = ReturnType<typeof inspected>;

function renderer(format: string): (boxes: Inspected[]) => string {
  if (format === 'table') throw new Fault('invalid-argument', 'inspect does not support table format');
  if (format === 'json') return (boxes) => `${JSON.stringify(boxes, null, 2)}\n`;
  if (format === 'yaml') return yamlList;
  return (boxes) => boxes.map((box) => `${fill(format, box)}\n`).join('');
}

/** `{{.State.Status}}` and the like. */
const fill = (template: string, box: Inspected): string =>
  template.replaceAll(/\{\{\s*\.([\w.]*)\s*\}\}/g, (_whole, path: string) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], box);
    return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '<no value>');
  });
