import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { errorText, exit, exitCodeOfError } from '../../../bin/cli/errors.ts';
import { program } from '../../../bin/cli/program.ts';

/** Parses a command line that is wrong; what was said about it, on one line, and the error. */
async function refused(args: string): Promise<{ said: string; error: unknown }> {
  let said = '';
  const root = program(
    () => {},
    (text) => {
      said += text;
    },
  );
  const words = args === '' ? [] : args.split(' ');
  const error: unknown = await root.parseAsync(['node', 'boxcheck', ...words]).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { said, error };
}

test.each([
  ['repro', /file/u],
  ['repro a.json --target moon', /--target.*moon.*reference, lab, host, external/u],
  ['repro a.json --times 0', /--times.*1 to 10000/u],
  ['fuzz', /--for.*--programs/u],
  ['fuzz --programs none', /--programs.*whole number/u],
  ['coverage', /run/u],
  ['fuzz --for 10', /--for.*90s, 30m or 2h/u],
  ['fuzz --for 10s --illegal 2', /--illegal.*0 to 1/u],
  ['fuzz --for 10s --seed 1.5', /--seed.*whole number/u],
  ['smoke --seeds 1,x', /--seeds.*"x"/u],
  ['smoke --max-failures 0', /--max-failures.*whole number from 1/u],
  ['fuzz --for 10s --max-failures x', /--max-failures.*whole number/u],
  ['smoke --colour', /--colour/u],
  ['smoke extra', /argument/u],
  ['dance', /dance/u],
  ['diff --targets reference,lab --programs 0', /--programs.*1 to/u],
  ['lab dance', /dance/u],
  ['corpus dance', /dance/u],
])('boxcheck %s: one line that says what is wrong', async (args, message) => {
  const { said, error } = await refused(args);
  expect(error).toBeInstanceOf(CommanderError);
  expect(said).toMatch(message);
  expect(said.trim().split('\n')).toHaveLength(1);
});

test.each([
  'http://user:hushhush@x',
  'hushhush',
  'http://x/?key=hushhush',
])('an address that is none, or has a secret in it, is wrong usage and not shown', async (url) => {
  const { said, error } = await refused(`repro a.json --url ${url}`);
  expect(exitCodeOfError(error)).toBe(exit.usage);
  expect(errorText(error, false)).toMatch(/--url.*http:\/\//u);
  expect(said + errorText(error, false)).not.toContain('hush');
});

test('--version is that of boxcheck before a command and that of BoxLite behind it', async () => {
  expect(await refused('--version')).toMatchObject({ error: { exitCode: 0, code: 'commander.version' } });
  expect(await refused('fuzz --version 0.11.0')).toMatchObject({ said: expect.stringContaining('--for') });
});
