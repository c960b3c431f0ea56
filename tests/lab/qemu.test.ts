import { expect, test } from 'vitest';
import { kernelArgs, qemuArgs } from '../../lab/qemu.ts';

const VM = {
  ...{ vmlinuz: '/c/vmlinuz', initramfs: '/c/initramfs', overlay: '/c/a,b/overlay', payload: '/c/payload' },
  ...{
    console: '/c/console',
    pidFile: '/c/pid',
    sshPort: 1001,
    servePort: 1002,
    apiKey: 'k',
    memoryMiB: 4096,
    cpus: 2,
  },
};

const after = (argv: string[], flag: string) => argv[argv.indexOf(flag) + 1];

test('QEMU asks for no hardware, and its guest can reach nothing', () => {
  const argv = qemuArgs(VM);
  expect(after(argv, '-accel')).toMatch(/^tcg,/);
  expect(after(argv, '-netdev')).toBe(
    'user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:1001-:22,hostfwd=tcp:127.0.0.1:1002-:8100',
  );
});

test('QEMU gets a comma in a path doubled, and the payload read-only', () => {
  const drives = qemuArgs(VM).filter((word) => word.startsWith('file='));
  expect(drives[0]).toContain('file=/c/a,,b/overlay,');
  expect(drives[1]).toContain('readonly=on');
});

test('the server learns its key from the kernel command line, as one word', () => {
  expect(kernelArgs('abc').split(' ')).toContain('boxcheck.key=abc');
});
