import { deadlines } from '../../domain/deadlines.ts';
import { isCli, type Surface } from '../../domain/surface.ts';
import type { Range } from '../counts.ts';
import type { BytesExpect, Expect } from '../expect.ts';
import { allow, done, type Prediction, refuse, refused } from '../outcome.ts';
import { type Box, boxesOf, findBox, type Home, type World } from '../world.ts';
import { usageOf } from './counts.ts';
import { admit, endedMeanwhile } from './exec.ts';
import type { OneBox } from './views.ts';

type Numbers = Extract<BytesExpect, { numbers: unknown }>['numbers'];

const printed = (out: BytesExpect): Expect => ({ is: 'ended', codes: [0], out, err: { anything: true } });

/** Rows of `stats`; what the CLI tells in them is not judged (contract 13). */
const statsRows = [
  'CPU',
  'Memory',
  'Commands',
  'Errors',
  'Boot Time',
  'Net Sent',
  'Net Recv',
  'TCP Connections',
  'TCP Errors',
];

/**
 * What a box uses (contract 13). Asking boots nothing and changes nothing: a sandbox at rest may be told of or refused,
 * a job at rest is refused as by any other verb.
 */
export function predictMetrics(world: World, step: OneBox): Prediction | null {
  const box = findBox(world, step.on, step.via);
  if (!box) return refuse('unknown-box', world, deadlines.readMs);
  if (box.status === 'primed') return null;
  // What asks by a spent handle asks of a box at rest.
  const [place] = admit(world, { ...box, spent: false });
  if (typeof place === 'string') return refuse(place, world);
  const rows = printed({ metrics: statsRows });
  const numbers: Expect = { is: 'bytes', data: { numbers: numbersOf(world, box) } };
  const told = done('told', world, isCli(step.via) ? rows : numbers);
  if (box.status === 'running') return allow(deadlines.commandMs, told);
  const down = refused('at-rest', world);
  // That its command has ended may be known before the word says so (contract 7.1).
  return allow(deadlines.commandMs, told, down, ...(box.status === 'ending' ? [endedMeanwhile(world)] : []));
}

/** Only a box whose run surely goes on surely tells of that run; and only a VM that is up has memory. */
function numbersOf(world: World, { handle, status, home }: Box): Numbers {
  const { commands, errors, received, sent } = usageOf(world, handle);
  const runs = status === 'running' && home === 'server';
  const free = [0, null] as const;
  return {
    commands_executed_total: runs ? commands : free,
    exec_errors_total: runs ? errors : free,
    bytes_sent_total: runs ? [sent, null] : free,
    bytes_received_total: runs ? [received, null] : free,
    ...(runs ? { memory_bytes: [1, null] as const } : {}),
  };
}

/** What a server has counted since it began, and how many of its boxes run (contract 13, 8.10). */
export function predictServerMetrics(world: World): Prediction {
  const { created, failed, stopped, commands, errors } = world.counts.server;
  const numbers = {
    boxes_created_total: created,
    boxes_failed_total: failed,
    boxes_stopped_total: stopped,
    total_commands_executed: commands,
    total_exec_errors: errors,
    num_running_boxes: boxesWith(world, 'server', 'running'),
  };
  return allow(deadlines.readMs, done('told', world, { is: 'bytes', data: { numbers } }));
}

/** In which states a box may be shown while it is on its way from one to another. */
const ways: Partial<Record<Box['status'], readonly string[]>> = {
  primed: ['configured', 'running'],
  ending: ['running', 'stopped'],
  leaving: ['running', 'stopped', 'failed'],
  unclear: ['configured', 'running', 'stopped', 'failed', 'gone'],
};

/** How many boxes of a home a view may show in a state. */
function boxesWith(world: World, home: Home, status: string): Range {
  const boxes = boxesOf(world, home);
  const surely = boxes.filter((box) => box.status === status).length;
  const maybe = boxes.filter((box) => ways[box.status]?.includes(status)).length;
  return [surely, surely + maybe];
}

/** `info`: as many boxes as `list -a` shows, in each state as many as it shows there (contract 13). */
export function predictInfo(world: World, { via }: { readonly via: Surface }): Prediction {
  if (via === 'url') return refuse('not-by-url', world);
  const all = boxesOf(world, 'local').length;
  const [, gone] = boxesWith(world, 'local', 'gone');
  const numbers = {
    boxesTotal: [all - gone, all],
    boxesRunning: boxesWith(world, 'local', 'running'),
    boxesStopped: boxesWith(world, 'local', 'stopped'),
    boxesConfigured: boxesWith(world, 'local', 'configured'),
  } as const;
  return allow(deadlines.commandMs, done('told', world, printed({ numbers })));
}

/** A look at the console of a box. */
interface Logs extends OneBox {
  readonly lines?: number | undefined;
  readonly twice?: boolean | undefined;
}

/** `logs`: in every state, and of a box at rest the same every time (contract 13). */
export function predictLogs(world: World, { via, on, lines = 0, twice }: Logs): Prediction | null {
  if (via === 'url') return refuse('not-by-url', world);
  const box = findBox(world, on, via);
  if (!box) return refuse('unknown-box', world);
  const isAtRest = box.status === 'stopped' || box.status === 'failed' || box.status === 'configured';
  if (twice && !isAtRest) return null;
  const out: BytesExpect = lines === 0 ? { anything: true } : { atMostLines: lines };
  return allow(deadlines.commandMs, done('printed', world, printed(out)));
}
