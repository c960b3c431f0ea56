import { deadlines } from '../../domain/deadlines.ts';
import { allow, done, type Prediction, refuse, refused } from '../outcome.ts';
import { type Box, findBox, type World } from '../world.ts';
import { admit, endedMeanwhile } from './exec.ts';
import type { OneBox } from './views.ts';

/**
 * What a box uses: numbers that only grow (contract 2.8, 4.2). Asking boots nothing and changes nothing: a sandbox at
 * rest may be told of or refused, a job at rest is refused as by any other verb. What the CLI prints is not judged.
 */
export function predictMetrics(world: World, step: OneBox): Prediction | null {
  const box = findBox(world, step.on, step.via);
  if (!box) return refuse('unknown-box', world, deadlines.readMs);
  if (box.status === 'primed') return null;
  const [place] = admit(world, box);
  if (typeof place === 'string') return refuse(place, world);
  const told = done(
    'told',
    world,
    step.via === 'rest'
      ? { is: 'bytes', data: { numbers: leastOf(world, box) } }
      : { is: 'ended', codes: [0], out: { anything: true }, err: { anything: true } },
  );
  if (box.status === 'running') return allow(deadlines.commandMs, told);
  const down = box.status === 'ending' ? endedMeanwhile(world) : refused('at-rest', world);
  return allow(deadlines.commandMs, told, down);
}

/** Executions that run were counted when they were started, in this run and by this server; only a VM that is up has memory. */
const leastOf = ({ execs }: World, { handle, status }: Box): Record<string, number> => ({
  commands_executed_total: Object.values(execs).filter(
    (exec) => exec.box === handle && exec.status === 'running',
  ).length,
  exec_errors_total: 0,
  bytes_sent_total: 0,
  bytes_received_total: 0,
  ...(status === 'running' ? { memory_bytes: 1 } : {}),
});
