import { beforeAll, expect, test } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';
import { type Box, begin, drain, exit, finish, play, withSdk } from './bench.ts';

withSdk('commands', (bench) => {
  let box: Box;
  beforeAll(async () => {
    box = await bench().client.create({ rootfsPath: bench().rootfs }, 'busy');
    await box.start();
  });

  test.each<[Work, number]>([
    ...[0, 1, 7, 126, 127, 255].map((code): [Work, number] => [exit(code), code]),
    [{ do: 'die', signal: 15 }, -15],
    [{ do: 'die', signal: 9 }, -9],
  ])('the code of %j', async (work, code) => {
    expect(await play(box, work)).toEqual({ out: '', err: '', code });
  });

  test('both streams, apart and whole', async () => {
    const err = 'a line of errors\n'.repeat(20_000);
    expect(await play(box, { do: 'print', out: 'out\n', err, code: 3 })).toEqual({
      out: 'out\n',
      err,
      code: 3,
    });
    expect(await play(box, { do: 'flood', bytes: 1_600_000, code: 6 })).toEqual({
      out: '0123456789abcde\n'.repeat(100_000),
      err: '',
      code: 6,
    });
  });

  test('environment, working directory and arguments', async () => {
    const value = ' x y=z"\'';
    const [command = '', ...args] = argvOf({ do: 'env', value });
    const execution = await box.exec(command, args, [['BOXCHECK_VALUE', value]]);
    expect((await finish(execution)).out).toBe(value);
    const [cat = '', ...relative] = argvOf({ do: 'read', path: 'passwd' });
    const inEtc = await box.exec(cat, relative, null, false, null, null, '/etc');
    expect((await finish(inEtc)).out).toContain('root:x:0:0');
    expect((await play(box, { do: 'args', args: ['ä *', '', 'b'] })).out).toBe('ä *\n\nb\n');
  });

  test('stdin, until it is closed', async () => {
    const execution = await begin(box, { do: 'cat' });
    const [stdin, stdout] = [await execution.stdin(), await execution.stdout()];
    await stdin.writeString('one\n');
    expect(await stdout.next()).toBe('one\n');
    await stdin.write(Buffer.from('two\n'));
    await stdin.close();
    expect(await drain(stdout)).toBe('two\n');
    expect((await execution.wait()).exitCode).toBe(0);
  });

  test('the code does not wait for a reader', async () => {
    const execution = await begin(box, { do: 'flood', bytes: 600_000, code: 6 });
    expect((await execution.wait()).exitCode).toBe(6);
    expect((await execution.wait()).exitCode).toBe(6);
  });

  test('commands side by side keep apart', async () => {
    const works = Array.from(
      { length: 8 },
      (_, i): Work => ({ do: 'print', out: `${i}\n`.repeat(500), err: '', code: i }),
    );
    const ends = await Promise.all(works.map((work) => play(box, work)));
    expect(ends.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const [i, { out }] of ends.entries()) expect(out).toBe(`${i}\n`.repeat(500));
  });

  test('signals, kill and a time limit', async () => {
    const trapped = await begin(box, { do: 'hold', out: 'ready\n', onTerm: 5 });
    const stdout = await trapped.stdout();
    expect(await stdout.next()).toBe('ready\n');
    await trapped.signal(15);
    expect(await drain(stdout)).toBe('');
    expect((await trapped.wait()).exitCode).toBe(5);

    const hold: Work = { do: 'hold', out: '' };
    const killed = await begin(box, hold);
    await killed.kill();
    // DELETE forgets the execution (contract 5.1): a client that was not attached yet is told no code, which is -1.
    expect((await killed.wait()).exitCode).toBeOneOf([-9, -1]);

    const [command = '', ...args] = argvOf(hold);
    const late = await box.exec(command, args, null, false, null, 1);
    expect((await late.wait()).exitCode).toBe(-15);
  });

  test('a terminal has one stream', async () => {
    const [command = '', ...args] = argvOf({ do: 'print', out: 'out\n', err: 'err\n', code: 0 });
    const execution = await box.exec(command, args, null, true);
    await execution.resizeTty(33, 77).catch(() => {});
    expect(await finish(execution)).toEqual({ out: 'out\r\nerr\r\n', err: '', code: 0 });
  });

  test.each([
    ['a missing binary', '/no/such', undefined],
    ['a directory', '/etc', undefined],
    ['a missing working directory', 'sh', '/no/such'],
  ])('%s is refused', async (_, command, workdir) => {
    const started = box.exec(command, [], null, false, null, null, workdir);
    await expect(started).rejects.toThrow(/Execution error: .*spawn_failed/);
  });

  test('a command cut off by stop has an end', async () => {
    const other = await bench().client.create({ rootfsPath: bench().rootfs }, 'cut');
    const execution = await begin(other, { do: 'hold', out: '' });
    await other.stop();
    expect((await execution.wait()).exitCode).toBeLessThan(0);
    expect((await play(other, { do: 'print', out: 'again\n', err: '', code: 0 })).out).toBe('again\n');
    await bench().client.remove('cut', true);
  });

  test('the box and the server count what was executed', async () => {
    const { client, rootfs } = bench();
    const counted = await client.create({ rootfsPath: rootfs }, 'counted');
    const before = await client.metrics();
    await play(counted, exit(1));
    await play(counted, exit(0));
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
