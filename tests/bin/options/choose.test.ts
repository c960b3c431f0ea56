import { expect, test } from 'vitest';
import { checkFlags, chosenTarget } from '../../../bin/options/choose.ts';

test('the flags say which target is meant', () => {
  expect(chosenTarget({})).toBe('best');
  expect(chosenTarget({ target: 'lab' })).toBe('lab');
  expect(chosenTarget({ url: 'http://x' })).toBe('external');
  expect(chosenTarget({ home: '/h' })).toBe('external');
  expect(chosenTarget({ defect: ['d'] })).toBe('reference');
});

test('a flag about another target than the one named is an error that names both', () => {
  expect(() => chosenTarget({ target: 'lab', defect: ['d'] })).toThrow(/--defect.*not lab/u);
  expect(() => chosenTarget({ target: 'host', url: 'http://x' })).toThrow(/--url.*not host/u);
  expect(() => chosenTarget({ defect: ['d'], home: '/h' })).toThrow(/--defect/u);
});

test('files and names in flags are checked before anything starts', async () => {
  await expect(checkFlags({ boxlite: '/no/such/boxlite' })).rejects.toThrow(/--boxlite \/no\/such\/boxlite/u);
  await expect(checkFlags({ rootfs: '/no/such/dir' })).rejects.toThrow(/--rootfs/u);
  await expect(checkFlags({ image: 'a', rootfs: '/' })).rejects.toThrow(/one of them/u);
  await expect(checkFlags({ defect: ['no-such-defect'] })).rejects.toThrow(
    /--defect no-such-defect.*it has/u,
  );
  await expect(checkFlags({})).resolves.toBeUndefined();
});
