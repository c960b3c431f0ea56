import { expect, test } from 'vitest';
import { call, tryCall } from '../../lab/call.ts';

test('a failed call names the command, its exit and what it said last', async () => {
  await expect(call(['sh', '-c', 'echo one; echo two >&2; exit 3'], { timeoutMs: 5_000 })).rejects.toThrow(
    /^sh -c .* ended with exit code 3:\none\ntwo$/s,
  );
});

test('a program that is not there and one that does not end are failed calls that say so', async () => {
  await expect(call(['/no/such/program'], { timeoutMs: 5_000 })).rejects.toThrow(/ENOENT/);
  expect(await tryCall(['sleep', '60'], { timeoutMs: 100 })).toMatchObject({ exit: null, timedOut: true });
});
