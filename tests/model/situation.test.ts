import { expect, it } from 'vitest';
import { situationOf } from '../../commands/index.ts';
import type { Mount } from '../../domain/mount.ts';
import type { Plain } from '../../domain/surface.ts';
import type { Step } from '../../program/step.ts';
import { reached } from './fixtures/play.ts';
import {
  attach,
  attachMain,
  control,
  copyIn,
  copyOut,
  create,
  detach,
  exec,
  foreground,
  hold,
  inspect,
  kill,
  list,
  missing,
  named,
  print,
  read,
  resize,
  restart,
  rm,
  run,
  send,
  settle,
  signal,
  spawn,
  start,
  stop,
  surfaces,
  wait,
  withMounts,
} from './fixtures/steps.ts';

const held = [run(hold)];
const spawned = [...held, spawn(hold)];
const attached = [...spawned, attach()];
const short = [...held, spawn(print('x'))];

const ends: Step = { op: 'restart-server', how: 'kill' };

/** Marks of known divergences, signatures and coverage keys are written in these words: they must not drift. */
const table: [word: string, before: Step[], step: Step][] = [
  ['job/running', held, inspect()],
  ['job/configured', [create(hold)], inspect()],
  ['job/primed', [create(hold), attachMain()], exec(hold)],
  ['job/ending', [run(print('x'))], settle()],
  ['job/stopped', [...held, stop()], copyIn('/root/f1')],
  ['job/failed', [run(missing)], copyOut('/root/f1')],
  ['sandbox/running', [run()], spawn(hold)],
  ['nameless', held, inspect('rest', '?')],
  ['never-made', held, inspect('rest', '?box1')],
  ['never-made', held, inspect('rest', 'box7')],
  ['removed', [...held, rm(true)], inspect()],
  ['other-home', held, inspect('cli')],
  ['job/running+never-made', held, start('rest', 'box1', '?x')],
  ['job/running', held, stop()],
  ['job/running', held, restart()],
  ['job/running', held, rm(false)],

  ['exec/running@running', spawned, wait()],
  ['exec/running@running', spawned, signal(15)],
  ['exec/running@running', spawned, resize(1, 1)],
  ['exec/running+client@running', attached, kill()],
  ['exec/running+client@running', attached, attach('att2')],
  ['exec/ending@running', short, wait()],
  ['exec/completed@running', [...short, wait()], wait()],
  ['exec/ending@stopped', [...spawned, stop()], wait()],
  ['exec/gone', [...spawned, kill()], wait()],
  ['exec/gone@removed', [...spawned, rm(true)], wait()],
  ['exec/never-made', spawned, wait('?exec1')],

  ['job/running', held, attachMain()],
  ['job/running+client', [...held, attachMain()], attachMain('att2')],
  ['never-made', held, attachMain('att1', '?x')],

  ['att/open:exec/running+client@running', attached, read()],
  ['att/open:exec/running+client@running', attached, send('x')],
  ['att/open:exec/running+client@running', attached, control('eof')],
  ['att/closed:exec/running@running', [...attached, detach()], detach()],
  ['att/open-ro:exec/running+client@running', [...spawned, attach('att1', 'exec1', true)], read()],
  ['att/open:main@running', [...held, attachMain()], read()],
  ['att/ended:main@stopped', [...held, attachMain(), stop()], read()],
  ['att/none', held, read('att9')],

  ['server/at-rest', [], ends],
  ['server/at-rest', [create(hold)], ends],
  ['server/at-rest', [run(hold, 'cli')], ends],
  ['server/up', held, ends],
  ['server/up', [create(), run(hold, 'rest', 'box2')], ends],
  ['server/up', [...attached, detach(), kill()], ends],
  ['server/up+exec', spawned, ends],
  ['server/up+exec', [...spawned, spawn(print('x'), 'exec2'), wait('exec2')], ends],
  ['server/up+exec+client', attached, ends],
  ['server/up+exec+client', [...attached, attachMain('att2'), detach()], ends],
  ['server/up+client', [...held, attachMain()], ends],

  ['any', held, list(true)],
  ['any', held, { op: 'host-read', host: 'h1', file: 'f' }],
  ['any', held, { op: 'host-write', host: 'h1', file: 'f', data: '' }],
];

it.each(table)('%s', (word, before, step) => {
  expect(situationOf(reached(...before), step)).toBe(word);
});

const dir: Mount = { kind: 'dir', host: 'h1', at: '/mnt/a' };
const anonymous: Mount = { kind: 'anonymous', at: '/mnt/b' };

it.each<[string, (via: Plain) => Step]>([
  ['sandbox', (via) => run(undefined, via)],
  ['job:hold', (via) => run(hold, via)],
  ['job:print', (via) => foreground(print('x'), via)],
  ['sandbox', (via) => create(undefined, via)],
  ['sandbox', (via) => withMounts(create(undefined, via))],
  ['job:hold+anonymous,dir', (via) => withMounts(run(hold, via), dir, anonymous, dir)],
  ['sandbox', (via) => named(create(undefined, via), 'free')],
  ['sandbox+taken-name', (via) => named(create(undefined, via), 'taken')],
  ['sandbox', (via) => named(create(undefined, via), 'was-taken')],
])('a creation is told by what is asked for: %s', (word, step) => {
  const world = reached(
    named(run(hold), 'taken'),
    named(run(hold, 'rest', 'box2'), 'was-taken'),
    rm(true, 'rest', 'box2'),
    run(hold, 'rest', 'box3'),
  );
  for (const via of surfaces) expect(situationOf(world, step(via))).toBe(word);
});
