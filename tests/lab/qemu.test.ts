import { expect, test } from 'vitest';
import { labPaths } from '../../lab/paths.ts';
import { qemuArgs, qemuConfig } from '../../lab/qemu.ts';

const argv = qemuArgs(labPaths('/c/a,b'), {
  version: '0.11.0',
  sshPort: 1001,
  servePorts: [1002, 1003],
});
const after = (flag: string) => argv[argv.indexOf(flag) + 1];

test('QEMU asks for no hardware, and its guest can reach nothing', () => {
  expect(after('-accel')).toMatch(/^tcg,/);
  expect(after('-netdev')).toBe(
    'user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:1001-:22,hostfwd=tcp:127.0.0.1:1002-:8100,hostfwd=tcp:127.0.0.1:1003-:8101',
  );
});

test('QEMU boots what was built, and gets a comma in a path doubled where one would end a property', () => {
  expect([after('-kernel'), after('-initrd')]).toEqual([
    '/c/a,b/lab/boot/vmlinuz',
    '/c/a,b/lab/boot/initramfs',
  ]);
  const drives = argv.filter((word) => word.startsWith('file='));
  expect(drives[0]).toContain('file=/c/a,,b/lab/run/overlay.qcow2,');
  expect(drives[1]).toMatch(/^file=\/c\/a,,b\/lab\/payload-0\.11\.0\.img,.*readonly=on/);
  expect(argv.filter((word) => word.startsWith('file:'))).toEqual([
    'file:/c/a,,b/lab/run/console.log',
    'file:/c/a,,b/lab/run/pulse',
  ]);
  expect(after('-pidfile')).toBe('/c/a,b/lab/run/qemu.pid');
});

test('the server learns its key from the kernel command line, as one word, that no list of processes shows', () => {
  expect(after('-readconfig')).toBe('/c/a,b/lab/run/qemu.conf');
  const [, append = ''] = /^\[machine\]\n {2}append = "([^"]*)"\n$/u.exec(qemuConfig('abc')) ?? [];
  expect(append.split(' ')).toContain('boxcheck.key=abc');
  expect(argv).not.toContain('-append');
  expect(argv.join(' ')).not.toContain('boxcheck.key');
});

test('QEMU goes on from a snapshot with the very machine that was frozen', () => {
  const place = { version: '0.11.0', sshPort: 1001, servePorts: [1002, 1003] };
  expect(qemuArgs(labPaths('/c/a,b'), place, 'cat ram')).toEqual([...argv, '-incoming', 'exec:cat ram']);
});
