import type { Step } from '../program/step.ts';
import type { StepContext } from './perform/step-context.ts';

/** Waits before the next look: an attach says when it has news; everything else is asked again after a moment. */
export async function pause(stepContext: StepContext, step: Step, ms: number): Promise<void> {
  const socket = 'attach' in step ? stepContext.sockets.get(step.attach) : undefined;
  await (socket ? socket.changed(ms) : new Promise((resolve) => setTimeout(resolve, ms)));
}
