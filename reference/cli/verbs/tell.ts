import { Fault, isFault } from '../../core/fault.ts';
import { profile } from '../../core/profile.ts';
import { defect } from '../../defects/switch.ts';
import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue, missing, type Parsed, wordsOf } from '../parse.ts';

/** Rows of `stats`, and where in the metrics of a box each is found (contract 13). */
const rows: readonly (readonly [metric: string, key: string])[] = [
  ['CPU', 'cpu_percent'],
  ['Memory', 'memory_bytes'],
  ['Commands', 'commands_executed_total'],
  ['Errors', 'exec_errors_total'],
  ['Boot Time', 'boot_time_ms'],
  ['Net Sent', 'network_bytes_sent'],
  ['Net Recv', 'network_bytes_received'],
  ['TCP Connections', 'network_tcp_connections'],
  ['TCP Errors', 'network_tcp_errors'],
];

/** `boxlite stats`: a snapshot of what a box uses, as JSON. */
export async function stats(parsed: Parsed): Promise<number> {
  const typed = oneBox(parsed);
  return withBackend(contextOf(parsed), async (backend) => {
    const told = await backend.stats(typed).catch(typedAs(typed));
    const shown = rows.map(([Metric, key]) => ({ Metric, Value: String(told[key] ?? 'N/A') }));
    const ordered = defect('stats-rows-reordered') ? shown.reverse() : shown;
    own().stdout.write(`${JSON.stringify(ordered, null, 2)}\n`);
    return 0;
  });
}

/** `boxlite logs`: the last lines of the console of a box's VM, 0 for all of them. */
export async function logs(parsed: Parsed): Promise<number> {
  const typed = oneBox(parsed);
  const limit = defect('logs-limit-ignored') ? 0 : Number(flagValue(parsed, 'tail') ?? 0);
  return withBackend(contextOf(parsed), async (backend) => {
    const text = await backend.console(typed).catch(typedAs(typed));
    const lines = text.split('\n').slice(0, -1);
    own().stdout.write(
      lines
        .slice(limit === 0 ? 0 : -limit)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return 0;
  });
}

/** `boxlite info`: a home in numbers. */
export async function info(parsed: Parsed): Promise<number> {
  const context = contextOf(parsed);
  return withBackend(context, async (backend) => {
    const boxes = await backend.boxes();
    const those = (status: string): number => boxes.filter((box) => box.status === status).length;
    const numbers = {
      version: profile.name,
      homeDir: context.home,
      boxesTotal: boxes.length - (defect('info-omits-failed') ? those('failed') : 0),
      boxesRunning: those('running'),
      boxesStopped: those('stopped'),
      boxesConfigured: those('configured'),
      imagesCount: 0,
    };
    const lines = Object.entries(numbers).map(([key, value]) => `${key}: ${value}`);
    const isJson = flagValue(parsed, 'format') === 'json';
    own().stdout.write(isJson ? `${JSON.stringify(numbers, null, 2)}\n` : `${lines.join('\n')}\n`);
    return 0;
  });
}

function oneBox(parsed: Parsed): string {
  const [typed] = wordsOf(parsed);
  if (typed === undefined) throw missing('<BOX>');
  return typed;
}

/** A box that is not found is told by what was typed. */
const typedAs =
  (typed: string) =>
  (error: unknown): never => {
    throw isFault(error, 'not-found') ? new Fault('not-found', `No such box: ${typed}`) : error;
  };
