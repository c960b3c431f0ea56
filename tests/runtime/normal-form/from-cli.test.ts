import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBuffer } from '../../../domain/bytes.ts';
import { type CliExpecting, fromCli } from '../../../runtime/normal-form/index.ts';
import { cliAnswer } from '../fixtures/cli-answer.ts';

const expectings: CliExpecting[] = ['done', 'id', 'ended', 'inspect', 'list', 'batch'];
const anyAnswer = fc.record({
  exit: fc.option(fc.integer({ min: 0, max: 255 })),
  signal: fc.constantFrom(null, 'SIGSEGV'),
  out: fc.string(),
  err: fc.string(),
  timedOut: fc.boolean(),
});

describe('fromCli', () => {
  test('gives every answer a normal form', () => {
    fc.assert(
      fc.property(anyAnswer, fc.constantFrom(...expectings), (part, expecting) => {
        expect(fromCli(cliAnswer(part), expecting, ['a', 'b'])).toHaveProperty('is');
      }),
    );
  });

  test.each(
    expectings,
  )('a hang, a panic, a death by signal and an untyped failure are broken where %s is expected', (expecting) => {
    const how = (part: Parameters<typeof cliAnswer>[0]) => {
      const seen = fromCli(cliAnswer(part), expecting, ['a']);
      return seen.is === 'broken' ? seen.how : seen.is;
    };
    expect(how({ exit: null, signal: 'SIGKILL', timedOut: true })).toBe('hang');
    expect(how({ exit: 101, err: "thread 'main' panicked at src/main.rs:1:2:\nboom" })).toBe('panic');
    expect(how({ exit: null, signal: 'SIGSEGV' })).toBe('signal');
    expect(how({ exit: 1, err: 'something' })).toBe(expecting === 'ended' ? 'ended' : 'untyped');
  });

  test('a panic is told by its own lines, however long the command line and the log before it', () => {
    const told = (args: string[]) => {
      const err = `${'INFO all is well\n'.repeat(500)}thread 'main' panicked at src/main.rs:1:2:\nboom`;
      const seen = fromCli(cliAnswer({ args, exit: 101, err }), 'id');
      return seen.is === 'broken' ? seen.text : seen.is;
    };
    expect(told(['run'])).toBe("boxlite run:\nthread 'main' panicked at src/main.rs:1:2:\nboom");
    expect(told(['run', '-e', `A=${'x'.repeat(9_000)}`])).toMatch(
      /^boxlite run -e A=x+…:\nthread 'main' panicked/u,
    );
  });

  test('a foreground command keeps its own code and bytes, 1 and 2 included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.string(), (code, out) => {
        const err = '[boxlite] Auto-stopping non-detached box\ndone\n';
        expect(fromCli(cliAnswer({ exit: code, out, err }), 'ended')).toEqual({
          is: 'ended',
          code,
          out,
          err,
        });
      }),
    );
  });

  test('a foreground command is refused only by an error line of the CLI itself', () => {
    const refused = fromCli(
      cliAnswer({ exit: 1, err: 'warn\n\x1b[31mError: \x1b[0mNo such box: x\n' }),
      'ended',
    );
    expect(refused).toEqual({ is: 'refused', exit: 1, text: 'warn\nError: No such box: x\n' });
    expect(fromCli(cliAnswer({ exit: 1, err: 'sh: Error: mine' }), 'ended').is).toBe('ended');
    expect(fromCli(cliAnswer({ exit: 7, err: 'Error: mine' }), 'ended').is).toBe('ended');
    expect(fromCli(cliAnswer({ exit: 2, err: 'error: bad flag\n\nUsage: boxlite' }), 'ended').is).toBe(
      'refused',
    );
    expect(fromCli(cliAnswer({ exit: 2, err: 'error: mine' }), 'ended').is).toBe('ended');
  });

  test('an id is 12 characters and a newline, nothing else', () => {
    expect(fromCli(cliAnswer({ out: 'Ab0123456789\n' }), 'id')).toEqual({ is: 'done', id: 'Ab0123456789' });
    for (const out of ['', 'Ab0123456789', 'Ab0123456789\n\n', 'hello\nAb0123456789\n']) {
      expect(fromCli(cliAnswer({ out }), 'id')).toMatchObject({ is: 'broken', how: 'malformed' });
    }
  });

  test('refusal texts are read as UTF-8', () => {
    const err = fromBuffer(Buffer.from('Error: No such box: bøx\n'));
    expect(fromCli(cliAnswer({ exit: 1, err }), 'done')).toMatchObject({
      is: 'refused',
      text: expect.stringMatching(/bøx/),
    });
  });

  test('a verb that is done prints nothing', () => {
    expect(fromCli(cliAnswer({}), 'done')).toEqual({ is: 'done' });
    expect(fromCli(cliAnswer({ out: 'x' }), 'done')).toMatchObject({ how: 'malformed' });
  });
});

const inspected = (exitCode: number, pid = 0) => ({
  Id: 'Ab0123456789',
  Name: '',
  Image: 'alpine:latest',
  Created: '2026-06-09T07:05:00Z',
  Status: 'stopped',
  State: {
    Status: 'stopped',
    Running: false,
    Pid: pid,
    ExitCode: exitCode,
    StartedAt: null,
    LastActivityAt: null,
  },
  Cpus: 1,
  Memory: 1073741824,
});

describe('fromCli, views', () => {
  test('inspect marks a code 0, which may mean none', () => {
    const box = {
      id: 'Ab0123456789',
      name: null,
      status: 'stopped',
      pid: null,
      image: 'alpine:latest',
      createdAt: '2026-06-09T07:05:00Z',
      shown: { cpus: 1, memoryMib: 1024 },
    };
    expect(fromCli(cliAnswer({ out: JSON.stringify([inspected(0)]) }), 'inspect')).toEqual({
      is: 'box',
      box: { ...box, zeroCode: true },
    });
    const coded = fromCli(cliAnswer({ out: JSON.stringify([inspected(7)]) }), 'inspect');
    expect(coded).toEqual({ is: 'box', box: { ...box, exitCode: 7 } });
  });

  test('a view that is not what the contract draws is malformed, and names the field', () => {
    const out = JSON.stringify([{ ...inspected(0), Id: 'short' }]);
    expect(fromCli(cliAnswer({ out }), 'inspect')).toMatchObject({
      how: 'malformed',
      text: expect.stringMatching(/0\.Id: a box id/),
    });
    expect(fromCli(cliAnswer({ out: '[]' }), 'inspect')).toMatchObject({ how: 'malformed' });
    expect(fromCli(cliAnswer({ out: 'ID  IMAGE' }), 'list')).toMatchObject({
      how: 'malformed',
      text: expect.stringMatching(/not JSON/),
    });
  });

  test('a list gives states in lower case, and null for no name', () => {
    const row = {
      ID: 'Ab0123456789',
      Image: 'i',
      Status: 'Running',
      CreatedAt: '2026-06-09 07:05:00 UTC',
      Names: '',
    };
    expect(fromCli(cliAnswer({ out: JSON.stringify([row]) }), 'list')).toEqual({
      is: 'boxes',
      boxes: [{ id: 'Ab0123456789', name: null, status: 'running', image: 'i', createdAt: row.CreatedAt }],
    });
  });
});

describe('fromCli, batches', () => {
  test('what was printed is what was done, for any set of different targets', () => {
    const target = fc.string({ minLength: 1 }).filter((s) => !/[\n\x1b\x9b]/.test(s) && s.isWellFormed());
    const targets = fc.uniqueArray(fc.record({ text: target, ok: fc.boolean() }), {
      selector: (it) => it.text,
      minLength: 2,
    });
    fc.assert(
      fc.property(targets, (each) => {
        const out = fromBuffer(Buffer.from(each.map((it) => (it.ok ? `${it.text}\n` : '')).join('')));
        const exit = each.every((it) => it.ok) ? 0 : 1;
        const answer = cliAnswer({ out, exit, err: exit ? 'Error: Some boxes could not be removed\n' : '' });
        expect(
          fromCli(
            answer,
            'batch',
            each.map((it) => it.text),
          ),
        ).toMatchObject({ is: 'batch', exit, each });
      }),
    );
  });

  test('one target alone is done or refused', () => {
    expect(fromCli(cliAnswer({ out: 'a\n' }), 'batch', ['a'])).toEqual({ is: 'done' });
    const err = "Error starting box 'a': invalid state: x\nError: Failed to start all 1 box(es)\n";
    expect(fromCli(cliAnswer({ exit: 1, err }), 'batch', ['a'])).toEqual({
      is: 'refused',
      exit: 1,
      text: err,
    });
    expect(fromCli(cliAnswer({}), 'batch', ['a'])).toMatchObject({ how: 'malformed' });
  });

  test('a batch with anything but its targets on stdout is malformed', () => {
    expect(fromCli(cliAnswer({ out: 'a\nb\n' }), 'batch', ['a', 'c'])).toMatchObject({ how: 'malformed' });
  });
});
