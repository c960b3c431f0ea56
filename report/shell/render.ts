import type { Step } from '../../program/step.ts';
import type { Cast } from './cast.ts';
import { attach, overAttach } from './steps/attach.ts';
import { copyIn, copyOut, list, look, power } from './steps/box.ts';
import { creating } from './steps/create.ts';
import { exec, execution, spawn } from './steps/execution.ts';
import { hostRead, hostWrite } from './steps/host.ts';
import { restartServer } from './steps/server.ts';

/** Shell lines that do one step, with the helpers of `parts/`. */
export function renderStep(step: Step, cast: Cast): string[] {
  switch (step.op) {
    case 'run':
    case 'create':
    case 'foreground':
      return creating(step);
    case 'start':
    case 'stop':
    case 'restart':
    case 'rm':
      return power(step, cast);
    case 'exec':
      return exec(step, cast);
    case 'spawn':
      return spawn(step, cast);
    case 'wait':
    case 'signal':
    case 'kill':
    case 'resize':
      return execution(step, cast);
    case 'attach':
    case 'attach-main':
      return attach(step, cast);
    case 'send':
    case 'control':
    case 'read':
    case 'detach':
      return overAttach(step);
    case 'copy-in':
      return copyIn(step, cast);
    case 'copy-out':
      return copyOut(step, cast);
    case 'inspect':
    case 'settle':
      return look(step, cast);
    case 'list':
      return list(step);
    case 'restart-server':
      return restartServer(step);
    case 'host-write':
      return hostWrite(step);
    case 'host-read':
      return hostRead(step);
  }
}
