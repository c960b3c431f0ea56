import { afterAll, describe, expect, test } from 'vitest';
import { commandLine, stateIn } from './fake/cli.ts';
import { call } from './fake/main.ts';

const cli = commandLine();
afterAll(() => cli.close());
const image = ['--rootfs', cli.rootfs];

const run = (...args: string[]) => call({ BOXLITE_HOME: cli.home }, args);

/** Command line, exit code, what stderr contains. */
type Row = [args: string[], code: number, err: string];

const usage: Row[] = [
  [['nope'], 2, "unrecognized subcommand 'nope'"],
  [['list', '--nope'], 2, "unexpected argument '--nope'"],
  [['rm'], 2, 'required'],
  [['exec', 'x'], 2, 'required'],
  [['inspect'], 2, 'required'],
  [['start'], 2, 'required'],
  [['--home', 'relative', 'list'], 2, 'BoxLite home must be an absolute path, got: relative'],
  [['list', '--url', ''], 2, '--url'],
  [['serve', '--url', 'http://127.0.0.1:1'], 2, '--url is not valid for `boxlite serve`'],
];

const refused: Row[] = [
  [['run'], 1, 'provide IMAGE or --rootfs PATH'],
  [['create', ...image, 'alpine'], 1, 'provide either IMAGE or --rootfs PATH, not both'],
  [['run', '-v', '', ...image], 1, 'empty volume spec'],
  [['run', '-v', 'a:/b:c:d', ...image], 1, 'invalid volume spec'],
  [['run', '-v', ':/b', ...image], 1, 'volume source must be non-empty'],
  [['run', '-v', 'data', ...image], 1, 'volume box path must be absolute (e.g. /data), got "data"'],
  [['run', '-v', '/no/such/dir:/b', ...image], 1, 'does not exist'],
  [['run', '-v', 'named:/b', ...image], 1, 'managed volume "named" is only supported by REST runtimes'],
  [['run', '-v', 'named:/b:ro', ...image], 1, 'read-only managed volumes are not supported yet'],
  [['exec', 'x', '--', 'true'], 1, 'Error: No such box: x'],
  [['rm', 'x'], 1, 'not found: x'],
  [['stop', 'x', 'y'], 1, 'Failed to stop all 2 box(es)\nErrors:\n  x: not found'],
  [['inspect', 'x'], 1, 'Error: no such box: x'],
  [['cp', 'a', 'x:/b'], 1, "box 'x' not found"],
  [['cp', 'x:/a', 'y:/b'], 1, 'copy between boxes is not supported'],
  [['cp', 'a', 'b'], 1, 'at least one of SRC or DST must reference a box'],
  [['list', '--url', 'http://127.0.0.1:1'], 1, 'cannot reach'],
];

describe.each([
  ['usage errors', usage],
  ['refusals', refused],
])('%s', (_title, rows) => {
  test.each(rows)('%j exits %i: %s', async (args, code, err) => {
    const answer = await call({ BOXLITE_HOME: cli.home }, args);
    expect(answer).toMatchObject({ code, err: expect.stringContaining(err) });
    expect(answer.err).toMatch(code === 2 ? /^error: / : /^Error/m);
  });
});

test('a failing boot leaves a Failed box that can be removed', async () => {
  const rows: [string[], RegExp][] = [
    [['/no/such'], /not found|No such file|executable/],
    [['/etc'], /is a directory|permission denied/],
    [['-w', '/missing', 'true'], /Failed to create container/],
  ];
  for (const [args, err] of rows) {
    const options = args.filter((_arg, index) => args[0] === '-w' && index < 2);
    const ran = await run('run', '--name', 'f', ...options, ...image, ...args.slice(options.length));
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(err) });
    expect(stateIn(await run('inspect', 'f'))).toBe('failed 0');
    expect((await run('exec', 'f', '--', 'true')).err).toMatch(/Cannot exec box \S+: it is failed/);
    expect((await run('rm', '-f', 'f')).code).toBe(0);
  }
  expect(await run('run', '--rm', 'no/such:image', 'true')).toMatchObject({
    code: 1,
    err: expect.stringContaining('failed to pull'),
  });
});
