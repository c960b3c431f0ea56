import { expect, test } from 'vitest';
import { runtimeProblems, wheelVersion } from '../../../lab/build/runtime-files.ts';

const FILES =
  '.complete boxlite-guest boxlite-shim bwrap debugfs guest-mke2fs guest-resize2fs libkrunfw.so.5 mke2fs'.split(
    ' ',
  );

test('a whole runtime in one folder is fine, whatever the folder is called', () => {
  expect(runtimeProblems(['r/', ...FILES.map((f) => `r/${f}`), ''])).toEqual([]);
  expect(runtimeProblems(FILES.map((f) => `./r/${f}`))).toEqual([]);
});

test('files that a runtime archive lacks are named', () => {
  expect(runtimeProblems(FILES.filter((f) => f !== 'bwrap').map((f) => `r/${f}`))).toEqual(['no bwrap']);
  expect(runtimeProblems(FILES)).toEqual([`${FILES.length} top folders instead of one`]);
  expect(runtimeProblems([])).toEqual(['0 top folders instead of one']);
});

test('the version of a wheel is read from its file name, and other files are no wheels of boxlite', () => {
  expect(wheelVersion('boxlite-0.10.8-cp310-abi3-manylinux_2_28_x86_64.whl')).toBe('0.10.8');
  expect(wheelVersion('boxlite-0.10.8.tar.gz')).toBeNull();
  expect(wheelVersion('boxlite_extra-1.0.0-py3-none-any.whl')).toBeNull();
});
