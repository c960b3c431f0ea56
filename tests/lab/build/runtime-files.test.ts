import { expect, test } from 'vitest';
import { runtimeProblems } from '../../../lab/build/runtime-files.ts';

const FILES =
  '.complete boxlite-guest boxlite-shim bwrap debugfs guest-mke2fs guest-resize2fs libkrunfw.so.5 mke2fs'.split(
    ' ',
  );

test('a whole runtime in one folder is fine, whatever the folder is called', () => {
  expect(runtimeProblems(['r/', ...FILES.map((f) => `r/${f}`), ''])).toEqual([]);
  expect(runtimeProblems(FILES.map((f) => `./r/${f}`))).toEqual([]);
});

test('what is missing is named', () => {
  expect(runtimeProblems(FILES.filter((f) => f !== 'bwrap').map((f) => `r/${f}`))).toEqual(['no bwrap']);
  expect(runtimeProblems(FILES)).toEqual([`${FILES.length} top folders instead of one`]);
  expect(runtimeProblems([])).toEqual(['0 top folders instead of one']);
});
