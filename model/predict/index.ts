import type { Step } from '../../program/step.ts';
import type { Prediction } from '../outcome.ts';
import type { Profile } from '../profile.ts';
import { meansUnclear } from '../unclear.ts';
import type { World } from '../world.ts';
import { predictAttach, predictAttachMain, predictDetach } from './attach.ts';
import { predictCreate, predictForeground, predictRun } from './creation.ts';
import { predictExec, predictSpawn } from './exec.ts';
import { predictKill, predictResize, predictSignal, predictWait } from './execution.ts';
import { predictCopy, predictHostRead, predictHostWrite } from './files.ts';
import { predictControl, predictSend } from './frames.ts';
import { predictPower } from './power.ts';
import { predictRead } from './read.ts';
import { predictRestartServer } from './serve.ts';
import { predictInspect, predictList, predictSettle } from './views.ts';

/**
 * All answers the contract allows for a step in a world, each with the world after it. Null where the contract
 * is silent: such a step proves nothing.
 */
export function predict(world: World, step: Step, profile: Profile): Prediction | null {
  if (meansUnclear(world, step)) return null;
  switch (step.op) {
    case 'run':
      return predictRun(world, step, profile);
    case 'foreground':
      return predictForeground(world, step, profile);
    case 'create':
      return predictCreate(world, step, profile);
    case 'start':
    case 'stop':
    case 'restart':
    case 'rm':
      return predictPower(world, step);
    case 'exec':
      return predictExec(world, step);
    case 'spawn':
      return predictSpawn(world, step);
    case 'wait':
      return predictWait(world, step);
    case 'signal':
      return predictSignal(world, step);
    case 'kill':
      return predictKill(world, step);
    case 'resize':
      return predictResize(world, step);
    case 'attach':
      return predictAttach(world, step, profile);
    case 'attach-main':
      return predictAttachMain(world, step, profile);
    case 'detach':
      return predictDetach(world, step);
    case 'send':
      return predictSend(world, step);
    case 'control':
      return predictControl(world, step);
    case 'read':
      return predictRead(world, step);
    case 'copy-in':
    case 'copy-out':
      return predictCopy(world, step);
    case 'inspect':
      return predictInspect(world, step);
    case 'list':
      return predictList(world, step);
    case 'settle':
      return predictSettle(world, step);
    case 'restart-server':
      return predictRestartServer(world, step);
    case 'host-write':
      return predictHostWrite(world, step);
    case 'host-read':
      return predictHostRead(world, step);
  }
}
