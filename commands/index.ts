import type { Op } from '../program/step.ts';
import type { AnyVerb, Verb } from './verb.ts';
import { attach } from './verbs/attach.ts';
import { attachMain } from './verbs/attach-main.ts';
import { control } from './verbs/control.ts';
import { copyIn } from './verbs/copy-in.ts';
import { copyOut } from './verbs/copy-out.ts';
import { create } from './verbs/create.ts';
import { detach } from './verbs/detach.ts';
import { exec } from './verbs/exec.ts';
import { foreground } from './verbs/foreground.ts';
import { hostRead } from './verbs/host-read.ts';
import { hostWrite } from './verbs/host-write.ts';
import { inspect } from './verbs/inspect.ts';
import { kill } from './verbs/kill.ts';
import { list } from './verbs/list.ts';
import { read } from './verbs/read.ts';
import { resize } from './verbs/resize.ts';
import { restart } from './verbs/restart.ts';
import { restartServer } from './verbs/restart-server.ts';
import { rm } from './verbs/rm.ts';
import { run } from './verbs/run.ts';
import { send } from './verbs/send.ts';
import { settle } from './verbs/settle.ts';
import { signal } from './verbs/signal.ts';
import { spawn } from './verbs/spawn.ts';
import { start } from './verbs/start.ts';
import { stop } from './verbs/stop.ts';
import { wait } from './verbs/wait.ts';

/** Every verb by its operation; the type sees to it that none is missing. */
const table: { [O in Op]: Verb<O> } = {
  run,
  foreground,
  create,
  start,
  stop,
  restart,
  rm,
  exec,
  spawn,
  wait,
  signal,
  kill,
  resize,
  attach,
  'attach-main': attachMain,
  send,
  control,
  read,
  detach,
  'copy-in': copyIn,
  'copy-out': copyOut,
  inspect,
  list,
  settle,
  'restart-server': restartServer,
  'host-write': hostWrite,
  'host-read': hostRead,
};

/** The table with the operations' own step types forgotten: callers dispatch by `step.op`. */
export const verbs = table as unknown as Record<Op, AnyVerb>;
