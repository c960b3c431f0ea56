import { expect, test } from 'vitest';
import { argvOf, mainArgv } from '../../../commands/work.ts';
import { done, withRealCli } from './bench.ts';
import { version } from './binary.ts';

const bench = withRealCli();
const boxlite = (...args: string[]) => bench().boxlite(args);
const state = async (typed: string) =>
  (await boxlite('inspect', typed, '-f', '{{.State.Status}} {{.State.ExitCode}}')).out;
const hold = mainArgv({ do: 'hold', out: '' });
const print = (out: string, err: string, code: number) => argvOf({ do: 'print', out, err, code });

test('it is the real one', async () => {
  expect(await boxlite('--version')).toEqual(done(`boxlite ${version}`));
});

test('a detached box from run to what comes after removal', async () => {
  const { from, dir } = bench();
  const ran = await boxlite('run', '-d', '--name', 'one', ...from, ...hold);
  const id = ran.out.trim();
  expect(ran).toEqual(done(id));
  expect(id).toMatch(/^[0-9A-Za-z]{12}$/);

  expect(await boxlite('ps', '-q')).toEqual(done(id));
  expect(JSON.parse((await boxlite('list', '--format', 'json')).out)).toEqual([
    {
      ID: id,
      Image: `rootfs:${bench().rootfs}`,
      Status: 'Running',
      CreatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/),
      Names: 'one',
    },
  ]);
  expect(JSON.parse((await boxlite('inspect', id.slice(0, 8))).out)).toMatchObject([
    {
      Id: id,
      Name: 'one',
      Status: 'running',
      State: { Running: true, ExitCode: 0 },
      Cpus: 1,
      Memory: 2 ** 30,
    },
  ]);

  const unforced = await boxlite('rm', 'one');
  expect(unforced).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Use force=true') });
  expect(await state('one')).toBe('running 0\n');

  expect(await boxlite('stop', 'one')).toEqual(done('one'));
  expect(await boxlite('stop', 'one')).toEqual(done('one'));
  expect(await state('one')).toBe('stopped 137\n');
  expect(await boxlite('list', '-q')).toEqual(done());
  expect(await boxlite('list', '-aq')).toEqual(done(id));
  const refused = await boxlite('exec', 'one', '--', 'sh');
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('its main command has already run'),
  });

  expect(await boxlite('start', 'one')).toEqual(done('one'));
  expect(await boxlite('restart', 'one')).toEqual(done('one'));
  expect(await boxlite('exec', 'one', '--', ...argvOf({ do: 'runs' }))).toEqual({
    code: 0,
    out: 'r\nr\nr\n',
    err: '',
  });

  expect(await boxlite('rm', '-f', 'one')).toEqual(done('one'));
  const uses: [string[], string][] = [
    [['exec', 'one', '--', 'sh'], 'No such box: one'],
    [['start', 'one'], 'one: not found'],
    [['stop', 'one'], 'one: not found'],
    [['restart', id], `${id}: not found`],
    [['rm', '-f', 'one'], 'not found: one'],
    [['inspect', id], `no such box: ${id}`],
    [['cp', 'one:/etc/passwd', dir], "box 'one' not found"],
    [['stats', 'one'], 'No such box: one'],
  ];
  for (const [args, text] of uses)
    expect(await boxlite(...args), args.join(' ')).toMatchObject({
      code: 1,
      err: expect.stringContaining(text),
    });
  expect((await boxlite('list', '-aq')).out).toBe('');
});

test('foreground runs pass streams and codes, and leave a stopped box with its code', async () => {
  const { from } = bench();
  const ran = await boxlite('run', '--name', 'fg', ...from, ...print('out\n', 'err\n', 9));
  expect(ran).toMatchObject({ code: 9, out: 'out\n', err: expect.stringContaining('err\n') });
  await expect.poll(() => state('fg'), { timeout: 10_000 }).toBe('stopped 9\n');
  const taken = await boxlite('run', '--name', 'fg', ...from, ...print('', '', 0));
  expect(taken).toMatchObject({ code: 1, err: expect.stringContaining("box with name 'fg' already exists") });
  expect(await boxlite('rm', 'fg')).toEqual(done('fg'));
  const fed = await bench().boxlite(
    ['run', '-i', '--name', 'fed', ...from, ...argvOf({ do: 'cat' })],
    'typed',
  );
  expect(fed).toMatchObject({ code: 0, out: 'typed' });
  const sizes = ['--cpus', '2', '--memory', '512'];
  const options = ['-e', 'BOXCHECK_VALUE=x y', ...sizes, '--name', 'set'];
  const value = await boxlite('run', ...options, ...from, ...argvOf({ do: 'env', value: 'x y' }));
  expect(value.out).toBe('x y');
  const relative = argvOf({ do: 'read', path: 'passwd' });
  const there = await boxlite('run', '-w', '/etc', '--name', 'etc', ...from, ...relative);
  expect(there.out).toContain('root:x:0:0');
  expect(await boxlite('rm', '-f', 'fed', 'set', 'etc')).toEqual(done('fed\nset\netc'));
});

test('a command that cannot be started leaves a failed box', async () => {
  const ran = await boxlite('run', '--name', 'bad', ...bench().from, '/no/such');
  expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining('executable') });
  expect(await state('bad')).toBe('failed 0\n');
  expect((await boxlite('exec', 'bad', '--', 'sh')).err).toContain('it is failed');
  expect(await boxlite('rm', 'bad')).toEqual(done('bad'));
});

// The client asks for `auto_delete: 1` and leaves the rest to the server, which looks every 30 s (contract 7.11).
test('run --rm has its box removed', async () => {
  const ran = await boxlite('run', '--rm', '--name', 'once', ...bench().from, ...print('hi\n', '', 7));
  expect(ran).toMatchObject({ code: 7, out: 'hi\n' });
  const there = async () => (await boxlite('list', '-a', '--format', 'json')).out.includes('"once"');
  await expect.poll(there, { timeout: 45_000, interval: 500 }).toBe(false);
});

test('several targets, some of them unknown', async () => {
  const { from } = bench();
  const id = (await boxlite('create', '--name', 'a', ...from)).out.trim();
  expect(await boxlite('start', 'a', 'nobody')).toMatchObject({
    code: 1,
    out: 'a\n',
    err: expect.stringMatching(
      /No such box: nobody\n[\s\S]*Failed to start 1 of 2 box\(es\)\n[\s\S]*nobody: not found/,
    ),
  });
  expect(await boxlite('inspect', 'nobody', 'a', '-f', '{{.Id}}')).toMatchObject({ code: 1, out: `${id}\n` });
  expect(await boxlite('rm', '-f', 'nobody', 'a')).toMatchObject({
    code: 1,
    out: 'a\n',
    err: expect.stringContaining('Some boxes could not be removed'),
  });
});

test('what the server does not have is refused', async () => {
  const { from } = bench();
  const refused: [string[], string][] = [
    [['create', '-v', 'named:/data', ...from], 'managed volumes are not supported by boxlite serve'],
    [['run', '--rm', 'no/such:image', 'true'], 'images error: '],
  ];
  for (const [args, text] of refused)
    expect(await boxlite(...args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(text) });
});
