import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boxcheck, entry } from '../spawn.ts';

let dir: string;
const file = (name: string): string => join(dir, name);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-bin-'));
  const steps = '"contract":"0.10.7","steps"';
  await writeFile(file('broken.json'), '{"format":1');
  await writeFile(file('format.json'), `{"format":9,${steps}:[]}`);
  await writeFile(file('op.json'), `{"format":1,${steps}:[{"op":"fly"}]}`);
  await writeFile(
    file('field.json'),
    `{"format":1,${steps}:[{"op":"list","via":"cli","all":true,"colour":1}]}`,
  );
  await writeFile(file('good.json'), `{"format":1,${steps}:[]}`);
  await writeFile(file('hello'), '#!/bin/sh\necho hello\n');
  await chmod(file('hello'), 0o755);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Arguments with `@name` for a file of the fixture directory. */
const LIMIT_MS = 60_000;
const real = (args: string): string[] =>
  args.split(' ').map((word) => (word.startsWith('@') ? file(word.slice(1)) : word));

test.concurrent.each([
  ['repro @none.json', 2, /none\.json: no such file/u],
  ['repro @broken.json', 2, /broken\.json: .*JSON/u],
  ['repro @format.json', 2, /format\.json: format 9 .*format 1/u],
  ['repro @op.json', 2, /op\.json: step 1 \(fly\): unknown op/u],
  ['repro @field.json', 2, /field\.json: step 1 \(list\).*colour/u],
  ['repro @good.json --target host --boxlite @none', 2, /--boxlite .*none: no executable file/u],
  [
    'repro @good.json --target external --url http://127.0.0.1:1',
    3,
    /http:\/\/127\.0\.0\.1:1.*ECONNREFUSED/u,
  ],
  [
    'repro @good.json --target external --home @h --image x --boxlite @hello',
    3,
    /hello is no boxlite.*"hello"/u,
  ],
  ['smoke --seeds-file @none.json', 2, /none\.json: no such file/u],
  ['smoke --target reference --out @hello', 2, /--out .*hello: .*give a directory that can be written to/u],
  ['fuzz --for 9s --target reference --out /proc/x', 2, /--out \/proc\/x: .*give a directory/u],
  ['diff --targets reference,reference --out /proc/x', 2, /--out \/proc\/x: .*give a directory/u],
  ['fuzz --for 10', 2, /--for.*90s, 30m or 2h/u],
  ['smoke --defect no-such', 2, /--defect no-such/u],
  ['diff --targets reference,reference+no-such', 2, /--defect no-such/u],
  ['lab status --version abc', 2, /--version abc.*a release/u],
  ['lab status --image x', 2, /--image: only for target host or external, not lab/u],
  ['doctor --defect no-such', 2, /--defect no-such/u],
  ['diff', 2, /--targets.*reference,lab/u],
  ['diff --targets reference,moon', 2, /"moon" is no target; .*reference,lab/u],
])(
  'boxcheck %s: exit %i, one line that says what is wrong',
  async (args, code, message) => {
    const ended = await boxcheck(real(args));
    expect(ended.err).toMatch(message);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
    expect(ended.err).not.toMatch(/^\s+at /mu);
    expect(ended.code).toBe(code);
  },
  LIMIT_MS,
);

test.concurrent(
  'output that cannot be written is said in one line and is not fine, and no stack trace',
  async () => {
    const command = ['-c', 'exec "$@" >/dev/full', 'sh', process.execPath, entry, 'corpus', 'list'];
    const { exitCode, stderr } = await execa('sh', command, { reject: false, timeout: LIMIT_MS });
    expect(stderr).toMatch(/^boxcheck: its output cannot be written: ENOSPC[^\n]*$/u);
    expect(exitCode).toBe(3);
  },
  LIMIT_MS,
);

test.concurrent(
  'a stack trace is shown only when it is asked for',
  async () => {
    const { err } = await boxcheck(real('repro @none.json'), { BOXCHECK_DEBUG: '1' });
    expect(err).toMatch(/^\s+at /mu);
  },
  LIMIT_MS,
);

test.concurrent(
  'version and help are no errors',
  async () => {
    const [version, help] = await Promise.all([boxcheck(['-V']), boxcheck(['--help'])]);
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/u) });
    expect(help.code).toBe(0);
    for (const verb of ['smoke', 'fuzz', 'repro', 'diff', 'doctor', 'lab', 'corpus'])
      expect(help.out).toContain(verb);
  },
  LIMIT_MS,
);

test.concurrent(
  'doctor speaks about every target, as text and as JSON',
  async () => {
    const [text, json] = await Promise.all([boxcheck(['doctor']), boxcheck(['doctor', '--json'])]);
    for (const target of ['host', 'lab', 'external', 'reference']) expect(text.out).toContain(target);
    const told = JSON.parse(json.out) as {
      targets: { target: string; runnable: boolean; reasons: string[] }[];
    };
    for (const { runnable, reasons } of told.targets) expect(reasons.length > 0).toBe(!runnable);
  },
  LIMIT_MS,
);

test.concurrent(
  'the corpus fits together',
  async () => {
    expect(await boxcheck(['corpus', 'verify'])).toMatchObject({ code: 0, err: '' });
    expect((await boxcheck(['corpus', 'list'])).out).toContain('pinned');
  },
  LIMIT_MS,
);
