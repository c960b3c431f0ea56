import type { Op } from '../program/step.ts';
import { attach } from './attach.ts';
import { attachMain } from './attach-main.ts';
import { control } from './control.ts';
import { copyIn } from './copy-in.ts';
import { copyOut } from './copy-out.ts';
import { create } from './create.ts';
import { detach } from './detach.ts';
import { exec } from './exec.ts';
import { foreground } from './foreground.ts';
import { hostRead } from './host-read.ts';
import { hostWrite } from './host-write.ts';
import { inspect } from './inspect.ts';
import { kill } from './kill.ts';
import { list } from './list.ts';
import { read } from './read.ts';
import { resize } from './resize.ts';
import { restart } from './restart.ts';
import { restartServer } from './restart-server.ts';
import { rm } from './rm.ts';
import { run } from './run.ts';
import { send } from './send.ts';
import { settle } from './settle.ts';
import { signal } from './signal.ts';
import { spawn } from './spawn.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import type { AnyVerb, Verb } from './verb.ts';
import { wait } from './wait.ts';

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
