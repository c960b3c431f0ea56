import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Call, Text } from '../../commands/calls.ts';
import { verbs } from '../../commands/index.ts';
import { isSdk, surfaceSchema } from '../../domain/surface.ts';
import { newestProfile } from '../../model/profile.ts';
import type { Op, Step } from '../../program/step.ts';
import { reached } from '../model/fixtures/play.ts';
import { hold } from '../model/fixtures/steps.ts';

const surfaces = new Set(surfaceSchema.options);

/** A box of each home that runs, and one of everything that can be had of them. */
const world = reached(
  {
    ...{ op: 'run', via: 'cli', as: 'box1', mounts: [{ kind: 'dir', host: 'h1', at: '/mnt/a' }] },
    ports: [{ host: 1, box: 7_000 }],
  },
  { op: 'run', via: 'rest', as: 'box2', main: hold },
  { op: 'spawn', via: 'rest', on: 'box2', as: 'exec1', work: { do: 'cat' } },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'spawn', via: 'sdk', on: 'box2', as: 'exec2', work: hold },
  { op: 'snapshot', on: 'box2', snapshot: 's1' },
);

const steps = (op: Op): readonly Step[] =>
  verbs[op].candidates(world, { surfaces, profile: newestProfile, illegal: false, maxBoxes: 3 });

const names: Record<string, string> = { box: 'box', beside: 'box', exec: 'exec', told: 'new', text: 'name' };

const route = (path: Text): string =>
  [path]
    .flat()
    .map((part) => (typeof part === 'string' ? part : `{${names[part.$]}}`))
    .join('')
    .replace(/\?.*/u, '');

/** A call as the table writes it; null for what goes with another one. */
function written(call: Call): string | null {
  switch (call.call) {
    case 'cli':
      return `\`${call.words.includes('-d') ? `${call.words[0]} -d` : String(call.words[0])}\``;
    case 'rest':
      return `\`${call.method} ${route(call.path)}\``;
    case 'open':
      return `\`WS ${route(call.path)}\``;
    case 'frames':
    case 'received':
    case 'leave':
      return 'attach' in call ? 'its WebSocket' : null;
    case 'sdk':
      return `\`${call.method}\``;
    case 'drop-sdk':
      return 'kills its process';
    case 'host':
      return 'a file of the host';
    case 'connect':
    case 'listen':
      return 'a port of the host';
    case 'renew':
      return 'ends `serve`, starts it again';
    default:
      return null;
  }
}

/** A step, and the same through each SDK that can make it. */
const withSdks = (step: Step): Step[] => [
  step,
  ...verbs[step.op].surfaces.filter(isSdk).map((via) => ({ ...step, via }) as Step),
];

const columnOf = (calls: readonly Call[]): string => {
  const kinds = calls.map(({ call }) => call);
  if (kinds.includes('cli')) return 'cli';
  return kinds.some((kind) => kind === 'sdk' || kind === 'drop-sdk') ? 'sdk' : 'other';
};

function row(op: Op): string {
  const ways = steps(op)
    .flatMap(withSdks)
    .map((step) => {
      const calls = verbs[op].calls(step);
      const line = calls.flatMap((call) => written(call) ?? []).join(', ');
      return { line, column: columnOf(calls) };
    });
  const column = (of: string): string =>
    [...new Set(ways.flatMap((way) => (way.column === of ? [way.line] : [])))].join(' or ') || '-';
  return `| \`${op}\` | ${column('cli')} | ${column('other')} | ${column('sdk')} |`;
}

it('the table of verbs in CONTRIBUTING.md has the calls that each verb makes', () => {
  const page = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const table = page.split('| verb | CLI | REST | SDK |')[1]?.trim().split('\n\n')[0]?.split('\n').slice(1);
  expect(table).toEqual((Object.keys(verbs) as Op[]).map(row));
});
