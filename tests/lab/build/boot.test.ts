import { expect, test } from 'vitest';
import { loadOrder } from '../../../lab/build/disks.ts';

const DEP = [
  'kernel/fs/ext4/ext4.ko: kernel/fs/jbd2/jbd2.ko kernel/lib/crc16.ko',
  'kernel/fs/jbd2/jbd2.ko:',
  'kernel/lib/crc16.ko:',
  'kernel/drivers/virtio/virtio-blk.ko: kernel/drivers/virtio/virtio.ko kernel/lib/crc16.ko',
  'kernel/drivers/virtio/virtio.ko:',
  '',
].join('\n');

test('the modules a module needs are loaded before it, each once', () => {
  const order = loadOrder(DEP, '', ['virtio_blk', 'ext4']);
  expect(order).toEqual([
    'kernel/lib/crc16.ko',
    'kernel/drivers/virtio/virtio.ko',
    'kernel/drivers/virtio/virtio-blk.ko',
    'kernel/fs/jbd2/jbd2.ko',
    'kernel/fs/ext4/ext4.ko',
  ]);
});

test('a module built into the kernel needs no file, and an unknown one is an error', () => {
  expect(loadOrder(DEP, 'kernel/drivers/virtio/virtio_pci.ko\n', ['virtio_pci'])).toEqual([]);
  expect(() => loadOrder(DEP, '', ['nvme'])).toThrow('no module nvme');
});
