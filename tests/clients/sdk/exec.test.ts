import { beforeAll, expect, test } from 'vitest';
import { type Box, drain, finish, shell, withSdk } from './bench.ts';

withSdk('commands', (bench) => {
  let box: Box;
  beforeAll(async () => {
    box = await bench().client.create({ rootfsPath: bench().rootfs }, 'busy');
    await box.start();
  });

  test.each([
    ['exit 0', 0],
    ['exit 1', 1],
    ['exit 7', 7],
    ['exit 126', 126],
    ['exit 127', 127],
    ['exit 255', 255],
    ['kill -TERM $$', -15],
    ['kill -KILL $$', -9],
  ])('the code of %s', async (script, code) => {
    expect(await shell(box, script)).toEqual({ out: '', err: '', code });
  });

  test('both streams, apart and whole', async () => {
    const script = 'seq 1 40000; seq 40001 80000 >&2; exit 3';
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join('');
    expect(await shell(box, script)).toEqual({
      out: numbers(1, 40_000),
      err: numbers(40_001, 80_000),
      code: 3,
    });
  });

  test('environment, working directory and arguments', async () => {
    const env: [string, string][] = [
      ['A', ' x y=z"\''],
      ['B', ''],
    ];
    const script = 'printf "%s|%s|%s|" "$A" "$B" "$1"; pwd';
    const execution = await box.exec('sh', ['-c', script, 'sh', 'ä *'], env, false, null, null, '/etc');
    expect((await finish(execution)).out).toBe(' x y=z"\'||ä *|/etc\n');
  });

  test('stdin, until it is closed', async () => {
    const execution = await box.exec('sh', ['-c', 'read first; echo "got $first"; cat; exit 4']);
    const [stdin, stdout] = [await execution.stdin(), await execution.stdout()];
    await stdin.writeString('one\n');
    expect(await stdout.next()).toBe('got one\n');
    await stdin.write(Buffer.from('two\n'));
    await stdin.close();
    expect(await drain(stdout)).toBe('two\n');
    expect((await execution.wait()).exitCode).toBe(4);
  });

  test('the code does not wait for a reader', async () => {
    const execution = await box.exec('sh', ['-c', 'seq 1 100000; exit 6']);
    expect((await execution.wait()).exitCode).toBe(6);
    expect((await execution.wait()).exitCode).toBe(6);
  });

  test('commands side by side keep apart', async () => {
    const scripts = Array.from({ length: 8 }, (_, i) => `seq ${i}000 ${i}500; exit ${i}`);
    const ends = await Promise.all(scripts.map((script) => shell(box, script)));
    expect(ends.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const [i, { out }] of ends.entries()) expect(out.split('\n').at(-2)).toBe(`${i * 1_000 + 500}`);
  });

  test('signals, kill and a time limit', async () => {
    const script = 'trap "echo got it; exit 5" USR1; echo ready; while :; do sleep 0.05; done';
    const trapped = await box.exec('sh', ['-c', script]);
    const stdout = await trapped.stdout();
    expect(await stdout.next()).toBe('ready\n');
    await trapped.signal(10);
    expect(await drain(stdout)).toBe('got it\n');
    expect((await trapped.wait()).exitCode).toBe(5);

    const killed = await box.exec('sleep', ['300']);
    await killed.kill();
    // DELETE forgets the execution (contract 5.1): a client that was not attached yet is told no code, which is -1.
    expect((await killed.wait()).exitCode).toBeOneOf([-9, -1]);

    const late = await box.exec('sleep', ['300'], null, false, null, 1);
    expect((await late.wait()).exitCode).toBe(-15);
  });

  test('a terminal has one stream and a size', async () => {
    const execution = await box.exec('sh', ['-c', 'read go; stty size; echo err >&2'], null, true);
    await execution.resizeTty(33, 77);
    await (await execution.stdin()).writeString('\n');
    const { out, err, code } = await finish(execution);
    expect(out).toMatch(/33 77\r\nerr\r\n$/);
    expect([err, code]).toEqual(['', 0]);
  });

  test.each([
    ['a missing binary', '/no/such', undefined],
    ['a directory', '/etc', undefined],
    ['a missing working directory', 'true', '/no/such'],
  ])('%s is refused', async (_, command, workdir) => {
    const started = box.exec(command, [], null, false, null, null, workdir);
    await expect(started).rejects.toThrow(/Execution error: .*spawn_failed/);
  });

  test('a command cut off by stop has an end', async () => {
    const other = await bench().client.create({ rootfsPath: bench().rootfs }, 'cut');
    const execution = await other.exec('sleep', ['300']);
    await other.stop();
    expect((await execution.wait()).exitCode).toBeLessThan(0);
    expect((await shell(other, 'echo again')).out).toBe('again\n');
    await bench().client.remove('cut', true);
  });

  test('the box and the server count what was executed', async () => {
    const { client, rootfs } = bench();
    const counted = await client.create({ rootfsPath: rootfs }, 'counted');
    const before = await client.metrics();
    await shell(counted, 'exit 1');
    await shell(counted, 'exit 0');
    await expect(counted.exec('/no/such', [])).rejects.toThrow();
    expect(await counted.metrics()).toMatchObject({
      commandsExecutedTotal: 3,
      execErrorsTotal: 1,
      cpuPercent: expect.any(Number),
      memoryBytes: expect.any(Number),
    });
    const after = await client.metrics();
    expect(after.totalCommandsExecuted - before.totalCommandsExecuted).toBe(3);
    expect(after.totalExecErrors - before.totalExecErrors).toBe(1);
    await client.remove('counted', true);
  });
});
