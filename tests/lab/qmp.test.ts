import { expect, test } from 'vitest';
import { onMonitor } from '../../lab/qmp.ts';
import { monitor } from './fixtures/monitor.ts';

test('the monitor gives what a command returns, past the events between', async () => {
  const path = await monitor((command) => [{ event: 'STOP' }, { return: { said: command } }]);
  const said = await onMonitor(path, 5_000, async (execute) => [
    await execute('stop'),
    await execute('quit'),
  ]);
  expect(said).toEqual([{ said: 'stop' }, { said: 'quit' }]);
});

test('a command that QEMU refuses, and a QEMU that hangs up, are trouble of the lab', async () => {
  const refusing = await monitor(() => [{ error: { class: 'GenericError', desc: 'not now' } }]);
  await expect(onMonitor(refusing, 5_000, (execute) => execute('migrate'))).rejects.toThrow(
    'QEMU refuses migrate: not now',
  );
  const leaving = await monitor((_command, socket) => {
    socket.destroy();
    return [];
  });
  await expect(onMonitor(leaving, 5_000, (execute) => execute('migrate'))).rejects.toThrow('hung up');
  await expect(onMonitor('/nowhere', 5_000, async () => {})).rejects.toThrow('cannot be reached');
});

test('a QEMU that is stopped is not waited for', async () => {
  const path = await monitor(() => []);
  await expect(onMonitor(path, 50, (execute) => execute('stop'))).rejects.toThrow(
    'did not finish within 0.05 s',
  );
});
