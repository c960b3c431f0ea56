import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { invalidState } from './fault.ts';
import { stopVm } from './power.ts';
import { alone, type Box, type Runtime, update } from './runtime.ts';

/**
 * `stop`: without effect on a box at rest, a Failed one becomes Stopped (contract 2.1). The code of a run that
 * has ended stays.
 */
export const stopBox = (runtime: Runtime, box: Box): Promise<void> =>
  alone(box, async () => {
    const { status } = box.record;
    if (status === 'stopped' && defect('stop-not-idempotent'))
      throw invalidState(`box ${box.record.id} is not running`);
    if (defect('stop-slow')) await spoil?.late(20_000);
    await stopVm(runtime, box);
    if (status === 'stopped' && defect('stop-clears-code')) update(runtime, box, { exitCode: null });
    if (status === 'configured' && defect('stop-configured-stops'))
      update(runtime, box, { status: 'stopped' });
    if (box.record.status === 'failed') update(runtime, box, { status: 'stopped' });
  });
