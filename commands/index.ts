import type { z } from 'zod';
import type { Prediction } from '../model/outcome.ts';
import type { Profile } from '../model/profile.ts';
import type { World } from '../model/world.ts';
import type { Verb } from './verb.ts';
import { attach } from './verbs/attach.ts';
import { attachMain } from './verbs/attach-main.ts';
import { detach, read } from './verbs/clients.ts';
import { clone } from './verbs/clone.ts';
import { copyIn } from './verbs/copy-in.ts';
import { copyOut } from './verbs/copy-out.ts';
import { create } from './verbs/create.ts';
import { exec } from './verbs/exec.ts';
import { kill, signal } from './verbs/executions.ts';
import { exportBox } from './verbs/export.ts';
import { foreground } from './verbs/foreground.ts';
import { control, send } from './verbs/frames.ts';
import { hostRead, hostWrite } from './verbs/hosts.ts';
import { importBox } from './verbs/import.ts';
import { info } from './verbs/info.ts';
import { logs } from './verbs/logs.ts';
import { metrics } from './verbs/metrics.ts';
import { misuse } from './verbs/misuse.ts';
import { connect, listen } from './verbs/ports.ts';
import { start, stop } from './verbs/power.ts';
import { resize } from './verbs/resize.ts';
import { restart } from './verbs/restart.ts';
import { restartServer } from './verbs/restart-server.ts';
import { restore } from './verbs/restore.ts';
import { rm } from './verbs/rm.ts';
import { run } from './verbs/run.ts';
import { dropSdk, follow } from './verbs/sdks.ts';
import { serverMetrics } from './verbs/server-metrics.ts';
import { setNetwork } from './verbs/set-network.ts';
import { snapshot } from './verbs/snapshot.ts';
import { snapshotDelete } from './verbs/snapshot-delete.ts';
import { snapshotGet } from './verbs/snapshot-get.ts';
import { snapshotList } from './verbs/snapshot-list.ts';
import { spawn } from './verbs/spawn.ts';
import { inspect, list, settle } from './verbs/views.ts';
import { wait } from './verbs/wait.ts';

/** Every verb by its operation: the language. A new verb is its definition and a line here. */
export const table = {
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
  metrics,
  misuse,
  'server-metrics': serverMetrics,
  info,
  logs,
  snapshot,
  'snapshot-list': snapshotList,
  'snapshot-get': snapshotGet,
  restore,
  'snapshot-delete': snapshotDelete,
  clone,
  export: exportBox,
  import: importBox,
  follow,
  'drop-sdk': dropSdk,
  'set-network': setNetwork,
  'restart-server': restartServer,
  'host-write': hostWrite,
  'host-read': hostRead,
  connect,
  listen,
};

/** The name of an operation. */
export type Op = keyof typeof table;

/** One step of a program. */
export type Step = z.infer<(typeof table)[Op]['schema']>;

/** The table with each verb's own step type forgotten: callers dispatch by `step.op`. */
export const verbs: Readonly<Record<Op, Verb<Step>>> = table;

/**
 * All answers the contract allows for a step in a world, each with the world after it. Null where the contract
 * says nothing: such a step proves nothing.
 */
export const predict = (world: World, step: Step, profile: Profile): Prediction | null =>
  verbs[step.op].predict(world, step, profile);

/** The condition of what a step is about, such as `job/running`. */
export const situationOf = (world: World, step: Step): string => verbs[step.op].situation(world, step);
