import { utf8 } from '../domain/bytes.ts';
import { lineEnds } from './terminal.ts';
import { type Exec, type KeptCode, type World, withBox, withExec } from './world.ts';

/** Executions of a box that are not forgotten. */
const execsOf = (world: World, box: string): Exec[] =>
  Object.values(world.execs).filter((exec) => exec.box === box && exec.status !== 'gone');

/** What the wire may show for a tenant cut off by a stop, a removal or the end of its VM (contract 7.4). */
export const cutCodes: readonly number[] = [-15, -9, -1];

/** Stands in `attachedBy` for nobody, where a runtime holds a slot all the same: no end of a box gives that back. */
const NOBODY = '?';

/** The execution after its box went down under it. */
export function cutOff(exec: Exec): Exec {
  if (exec.status === 'completed') return { ...exec, attachedBy: exec.attachedBy === NOBODY ? NOBODY : null };
  const own = exec.status === 'ending' ? exec.codes : onTerm(exec);
  return {
    ...exec,
    status: 'ending',
    cut: true,
    codes: [...new Set([...own, ...cutCodes])],
    stdinOpen: false,
  };
}

/** A handler of its own may give the code: tenants get TERM at a stop (contract 3.3). */
const onTerm = (exec: Exec): number[] =>
  exec.work.do === 'hold' && typeof exec.work.onTerm === 'number' ? [exec.work.onTerm] : [];

/** All tenants of a box are signalled: its main command has ended, or it was stopped. */
export function cutExecs(world: World, box: string): World {
  return execsOf(world, box).reduce((acc, exec) => withExec(acc, exec.handle, cutOff(exec)), world);
}

/** The main command ends by itself with `code`; the status word may lag behind (contract 3.2, 7.1). */
export function mainEnds(world: World, box: string, code: KeptCode): World {
  return cutExecs(withBox(world, box, { status: 'ending', code }), box);
}

/** Everything that waited for the gate goes on to its end. */
export function wakeGate(world: World, boxHandle: string, gate: string): World {
  const woken = execsOf(world, boxHandle).reduce((acc, exec) => wakeExec(acc, exec, gate), world);
  const box = woken.boxes[boxHandle];
  if (box?.status !== 'running' || box.main?.do !== 'gate' || box.main.gate !== gate) return woken;
  const out = box.out + utf8(box.main.after);
  return mainEnds(withBox(woken, boxHandle, { out }), boxHandle, box.main.code);
}

function wakeExec(world: World, exec: Exec, gate: string): World {
  if (exec.status !== 'running' || exec.work.do !== 'gate' || exec.work.gate !== gate) return world;
  const { out, after, code } = exec.work;
  return withExec(world, exec.handle, {
    status: 'ending',
    codes: [code],
    out: lineEnds(exec, utf8(out + after)),
  });
}
