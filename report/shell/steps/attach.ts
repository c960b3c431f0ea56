import { attachQuery } from '../../../domain/attach-mode.ts';
import type { StepOf } from '../../../program/step.ts';
import { boxPath, type Cast, executionPath } from '../cast.ts';
import { line, raw } from '../line.ts';
import { hex } from './input.ts';

/** The text frames of `control` (contract 5.3); the last four are mistakes. */
const frames: Record<StepOf<'control'>['frame'], string> = {
  eof: '{"type":"stdin_eof"}',
  resize: '{"type":"resize","rows":24,"cols":80}',
  signal: '{"type":"signal","sig":15}',
  'bad-json': '{"type":',
  'no-type': '{"rows":24}',
  unknown: '{"type":"dance"}',
  'bad-signal': '{"type":"signal","sig":9}',
};

/** Opens a WebSocket, to an execution or to the main session. */
export function attach(step: StepOf<'attach' | 'attach-main'>, cast: Cast): string[] {
  const path =
    step.op === 'attach' ? executionPath(cast, step.exec, step.by) : boxPath(cast, step.on, step.by);
  return [line(raw('attach'), step.as, [...path, `/attach${attachQuery(step)}`])];
}

/** What is done over an open one. */
export function overAttach(step: StepOf<'send' | 'control' | 'read' | 'detach'>): string[] {
  switch (step.op) {
    case 'send':
      return [`order ${step.attach} 'send ${hex(step.data)}'`];
    case 'control':
      return [line(raw('order'), step.attach, `text ${frames[step.frame]}`)];
    case 'read':
      return [`look ${step.attach}`];
    case 'detach':
      return [`leave ${step.attach} ${step.how}`];
  }
}
