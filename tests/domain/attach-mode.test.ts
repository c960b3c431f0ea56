import { expect, it } from 'vitest';
import { attachMode, attachQuery } from '../../domain/attach-mode.ts';

it.each([
  [{}, 'writing', ''],
  [{ readonly: true }, 'read-only', '?stdin=0'],
  [{ stdin: 'false' }, 'read-only', '?stdin=false'],
  [{ stdin: '1' }, 'writing', '?stdin=1'],
  [{ stdin: 'true' }, 'writing', '?stdin=true'],
  [{ stdin: 'x' }, 'wrong', '?stdin=x'],
  [{ stdin: '' }, 'wrong', '?stdin='],
  [{ stdin: 'TRUE' }, 'wrong', '?stdin=TRUE'],
  [{ readonly: true, stdin: '1' }, 'writing', '?stdin=1'],
] as const)('%j asks for %s', (asking, mode, query) => {
  expect(attachMode(asking)).toBe(mode);
  expect(attachQuery(asking)).toBe(query);
});
