import { expect, test } from 'vitest';
import type { ProcessSpec } from '../../../reference/vm/port.ts';
import { guest, outcome, start } from './guest.ts';

const machine = guest();

test.each<[what: string, argv: string[], spec: Partial<ProcessSpec>, failure: string]>([
  ['a missing path', ['/no/such'], {}, 'not-found'],
  ['a missing name', ['nope'], {}, 'not-found'],
  ['nothing', [], {}, 'not-found'],
  ['a directory', ['/etc'], {}, 'is-directory'],
  ['a plain file', ['/etc/passwd'], {}, 'permission-denied'],
  ['a missing directory', ['true'], { cwd: '/no/such' }, 'bad-cwd'],
  ['a file as directory', ['true'], { cwd: '/etc/passwd' }, 'bad-cwd'],
])('%s is refused', (_, argv, spec, failure) => {
  expect(() => start(machine, argv, spec)).toThrow(expect.objectContaining({ name: 'SpawnError', failure }));
});

test('environment and directory reach the process byte for byte', async () => {
  const env = { X: ' a="b"\t\'ü= ', EMPTY: '' };
  const { out } = await outcome(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is shell
    start(machine, ['sh', '-c', 'printf "%s|%s|%s" "$X" "${EMPTY-unset}" "$(pwd)"'], { env, cwd: '/tmp' }),
  );
  expect(Buffer.from(out, 'latin1').toString()).toBe(`${env.X}||/tmp`);
});

test('a terminal is one stream with carriage returns', async () => {
  const execution = start(machine, ['sh', '-c', 'echo out; echo err >&2; read x; echo "got $x"'], {
    tty: true,
  });
  await execution.write(Buffer.from('typed\r'));
  const { out, err } = await outcome(execution);
  expect(err).toBe('');
  expect(out.split('\r\n')).toEqual(expect.arrayContaining(['out', 'err', 'got typed', '']));
});

test('an interrupt typed on a terminal kills what runs there', async () => {
  const execution = start(machine, ['sleep', '300'], { tty: true });
  await execution.write(Buffer.from('\x03'));
  expect((await outcome(execution)).code).toBe(-2);
});

test('a shell on a terminal carries out what is typed', async () => {
  const execution = start(machine, ['sh'], { tty: true });
  await execution.write(Buffer.from('echo $((6*7))\nexit 3\n'));
  const { out, code } = await outcome(execution);
  expect(out).toContain('42\r\n');
  expect(code).toBe(3);
});

test('a shell on a silent stdin stays', async () => {
  const execution = start(machine, ['sh']);
  await execution.write(Buffer.from('echo one\nfor i in a b; do\necho $i\ndone\n'));
  await execution.write(null);
  expect(await outcome(execution)).toEqual({ out: 'one\na\nb\n', err: '', code: 0 });
});
