import { expect, test } from 'vitest';
import {
  BOOT_TOOLS,
  CLI_TOOLS,
  DISK_TOOLS,
  demandCargo,
  demandTools,
  hasTool,
  missingPackages,
  which,
} from '../../../lab/build/packages.ts';

const all = [...BOOT_TOOLS, ...DISK_TOOLS, ...CLI_TOOLS];

test('all missing packages are named at once, each once, with the line that installs them', () => {
  const packages = missingPackages(all, () => false);
  expect(new Set(packages).size).toBe(packages.length);
  const has = (program: string) => !['qemu-img', 'mmdebstrap', 'ssh', 'ssh-keygen'].includes(program);
  expect(() => demandTools(all, has)).toThrow(
    /3 Debian package\(s\).*\n.*apt-get install --no-install-recommends qemu-utils openssh-client mmdebstrap$/s,
  );
});

test('a machine with every tool is not refused', () => {
  expect(missingPackages(all, () => true)).toEqual([]);
  demandTools(all, () => true);
});

test('cargo has its own words, with the way around it', () => {
  expect(() => demandCargo(() => false)).toThrow(/rustup.*--boxlite FILE/s);
});

test('a program is found on the PATH and in the system directories a PATH may lack', () => {
  expect(which('sh', '')).toMatch(/\/sh$/);
  expect(which('no-such-program-of-boxcheck')).toBeNull();
});

test('a module of python is asked for by running it', () => {
  expect(hasTool('sh')).toBe(true);
  expect(hasTool('sh --no-such-flag')).toBe(false);
});
