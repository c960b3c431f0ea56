import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CallOptions, tryCall } from '../../lab/call.ts';
import type { InsideOptions } from '../../lab/inside.ts';
import { labHost } from '../../runtime/targets/lab/host.ts';
import { localHost } from '../../runtime/targets/local/host.ts';

/** This machine in the place of the guest. */
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-host-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const here = {
  run: (argv: readonly string[], { timeoutMs, stdin }: InsideOptions) => {
    const options: CallOptions = stdin === undefined ? { timeoutMs } : { timeoutMs, input: stdin };
    return tryCall(argv, options);
  },
};
const host = () => labHost(here, 'p1', localHost(), '/h/c1', dir);

test('a host directory in the guest has its own marker, is made once, and goes with the program', async () => {
  const it = host();
  const [a, b] = await Promise.all([it.dir('h1'), it.dir('h1')]);
  expect(a).toBe(b);
  expect(readFileSync(join(a, 'marker'), 'utf8')).toBe('marker of h1\n');
  expect(await it.read({ host: 'h2' }, 'marker')).toBe('marker of h2\n');
  await it.dispose();
  expect(existsSync(a)).toBe(false);
});

test('files in the guest keep every byte, whatever they are called; what is not there is null', async () => {
  const it = host();
  const name = fc.constantFrom('plain', "it's", 'a b', '-n', 'ü$(x)', 'below/it');
  const bytes = fc.uint8Array({ maxLength: 60 }).map((data) => Buffer.from(data).toString('latin1'));
  await fc.assert(
    fc.asyncProperty(name, bytes, async (file, data) => {
      await it.write({ host: 'h1' }, file, data);
      expect(await it.read({ host: 'h1' }, file)).toBe(data);
    }),
    { numRuns: 12 },
  );
  expect(await it.read({ host: 'h1' }, 'nothing')).toBeNull();
  await expect(it.read({ host: 'h1' }, '../marker')).rejects.toThrow('not below its directory');
});

test('scratch files are on the side their CLI runs on', async () => {
  const it = host();
  const [cli, url] = [await it.path({ via: 'cli' }, 'f'), await it.path({ via: 'url' }, 'f')];
  expect(cli.startsWith(dir)).toBe(true);
  expect(url.startsWith(dir)).toBe(false);
  for (const [via, path] of [['cli', cli] as const, ['url', url] as const]) {
    await it.write({ via }, 'f', `x\u00ff${via}`);
    expect(await it.read({ via }, 'f')).toBe(`x\u00ff${via}`);
    expect(readFileSync(path, 'latin1')).toBe(`x\u00ff${via}`);
  }
  await it.dispose();
  expect([existsSync(cli), existsSync(url), existsSync(it.missing())]).toEqual([false, false, false]);
});

test('a program that touches no file of the guest costs no call, one that does costs a removal', async () => {
  const lines: string[] = [];
  const counting = {
    run: (argv: readonly string[], options: InsideOptions) => {
      lines.push(argv.join(' '));
      return here.run(argv, options);
    },
  };
  const idle = labHost(counting, 'p1', localHost(), '/h/c1', dir);
  await idle.path({ via: 'url' }, 'f');
  await idle.dispose();
  expect(lines).toEqual([]);
  for (const touch of [
    (it: typeof idle) => it.dir('h1'),
    (it: typeof idle) => it.path({ via: 'cli' }, 'f'),
  ]) {
    const it = labHost(counting, 'p2', localHost(), '/h/c1', dir);
    await touch(it);
    await it.dispose();
    expect(lines.pop()).toContain('rm -rf');
  }
});

test('what listens in the guest names the home of its lane, and what ends it does not', async () => {
  const calls: (readonly string[])[] = [];
  const said = async (argv: readonly string[]) => {
    calls.push(argv);
    return { exit: 0, out: Buffer.from('23456\n'), err: Buffer.alloc(0) } as Awaited<
      ReturnType<typeof tryCall>
    >;
  };
  const it = labHost({ run: said }, 'p1', localHost(), '/h/c1', dir);
  expect(await it.listen(1)).toBe(true);
  await it.dispose();
  expect(calls.map((argv) => [argv[0], ...argv.slice(-2)])).toEqual([
    ['perl', 'free', '/h/c1'],
    ['perl', '23456', '/h/c1'],
    ['kill', 'kill', '23456'],
  ]);
});
