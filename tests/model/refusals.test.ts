import { describe, expect, it } from 'vitest';
import type { RefusedObservation } from '../../domain/observation.ts';
import { differences } from '../../model/match.ts';
import { type Reason, refusals } from '../../model/reasons.ts';

const seenBy = (via: 'cli' | 'rest', reason: Reason, seen: Omit<RefusedObservation, 'is'>): string[] =>
  differences(
    { is: 'refused', reason },
    { is: 'refused', ...seen },
    { via, idOf: () => undefined, realName: (name) => name },
  );
const cli = (reason: Reason, text: string, exit = 1) => seenBy('cli', reason, { exit, text });
const rest = (reason: Reason, status: number, code: string, type: string, text = '') =>
  seenBy('rest', reason, { status, code, type, text });

/** Texts as the contract quotes them (contract 2.2, 2.4, 2.5, 2.6, 2.8, 6.1, 6.2). */
const cliTexts: [Reason, string][] = [
  ['unknown-box', 'Error: No such box: X'],
  ['unknown-box', "Error: box 'X' not found"],
  ['unknown-box', 'Error: no such box: X'],
  ['unknown-box', 'Error removing box: not found: X'],
  ['name-taken', "Error: invalid argument: box with name 'N' already exists"],
  ['still-running', 'Error: cannot remove box B: running. Use force=true to stop first'],
  [
    'guard-ran',
    'Error: invalid state: Cannot exec box B: it is stopped and its main command has already run; start the box explicitly',
  ],
  [
    'guard-ran',
    'Error: Cannot copy into box B: it is stopped and its main command has already run; start the box explicitly',
  ],
  [
    'guard-fresh',
    'Error: Cannot exec box B: it is configured; starting the box would run its main command, start the box explicitly',
  ],
  ['failed-box', 'Error: Cannot exec box B: it is failed'],
  ['box-ended', 'Error: exec did not complete normally: the VM is gone'],
  ['box-ended', 'Error: invalid state: Box process is no longer running (PID file missing, process dead)'],
  ['box-ended', 'Error: Cannot exec box B: it is stopped and its main command has already run'],
  ['main-missing', "Error: executable '/no/such' not found in $PATH"],
  ['main-directory', 'Error: /etc: Permission denied'],
  ['exec-missing', 'Error: No such file or directory'],
  ['exec-workdir', 'Error: spawn_failed: cwd'],
  ['mount-source-missing', 'Error: volume path /x does not exist'],
  [
    'mount-managed',
    'Error: unsupported: managed volume "x" is only supported by REST runtimes; mount a path',
  ],
  ['mount-managed', 'Error: unsupported: read-only managed volumes are not supported yet; drop :ro'],
  ['mount-malformed', 'Error: empty volume spec'],
  ['mount-malformed', 'Error: volume box path must be absolute (e.g. /data), got "data"'],
  [
    'mount-by-client',
    'Error: unsupported: host bind mounts are only supported by the local runtime; mount a managed volume',
  ],
  ['mount-by-server', 'Error: managed volumes are not supported by boxlite serve'],
  ['copy-source-missing', 'Error: /root/f1 does not exist'],
  ['copy-on-mount', 'Error: unsupported: /tmp is a mount'],
  ['copy-dotdot', 'Error: path must not contain ..'],
  ['copy-empty', 'Error: path cannot be empty'],
];

describe('refusals on the CLI', () => {
  it.each(cliTexts)('%s: %s', (reason, text) => {
    expect(cli(reason, text)).toEqual([]);
    expect(cli(reason, text, 2)).toEqual(['exit 2 instead of 1']);
    expect(cli(reason, 'Error: something else')).not.toEqual([]);
  });

  it('needs every part of the guard text', () => {
    expect(cli('guard-ran', 'Error: Cannot exec box B: it is stopped')).toHaveLength(2);
  });
});

describe('refusals over REST (contract 4.5)', () => {
  it.each<[Reason, number, string, string, string]>([
    ['unknown-box', 404, 'not_found', 'NotFoundError', 'box not found: X'],
    ['unknown-execution', 404, 'not_found', 'NotFoundError', 'execution not found: E'],
    ['name-taken', 400, 'invalid_argument', 'InvalidArgumentError', "box with name 'N' already exists"],
    ['still-running', 409, 'invalid_state', 'InvalidStateError', ''],
    ['guard-ran', 409, 'invalid_state', 'InvalidStateError', ''],
    ['main-missing', 400, 'invalid_argument', 'InvalidArgumentError', ''],
    ['exec-missing', 422, 'execution_failed', 'ExecutionError', ''],
    [
      'slot-taken',
      409,
      'invalid_state',
      'InvalidStateError',
      'box X main session already has an attached client',
    ],
    [
      'attach-not-running',
      409,
      'invalid_state',
      'InvalidStateError',
      'Cannot attach to box B: it is stopped',
    ],
    ['bad-signal', 400, 'invalid_argument', 'InvalidArgumentError', 'signal 9 not allowed; whitelist'],
    ['box-ended', 409, 'stopped', 'StoppedError', ''],
    ['execution-over', 410, 'session_reaped', 'SessionReapedError', ''],
    ['mount-by-server', 400, 'unsupported', 'UnsupportedError', ''],
    ['copy-on-mount', 400, 'unsupported', 'UnsupportedError', ''],
  ])('%s: %i %s', (reason, status, code, type, text) => {
    expect(rest(reason, status, code, type, text)).toEqual([]);
    expect(rest(reason, status, code, 'InternalError', text)).not.toEqual([]);
    expect(rest(reason, 500, 'internal', 'InternalError', text)).not.toEqual([]);
    expect(rest(reason, 418, code, type, text)).not.toEqual([]);
  });

  it('asks for the right message where the contract quotes one', () => {
    expect(rest('slot-taken', 409, 'invalid_state', 'InvalidStateError', 'no')).toHaveLength(1);
  });

  it('never allows a 5xx, and knows a refusal for every surface a reason can come from', () => {
    for (const [name, refusal] of Object.entries(refusals)) {
      expect('cli' in refusal || 'rest' in refusal || 'sdk' in refusal, name).toBe(true);
      const answers = 'rest' in refusal ? refusal.rest.answers : [];
      for (const [status] of answers) expect(status, name).toBeLessThan(500);
    }
  });

  it('says so when a surface has no such refusal', () => {
    expect(cli('slot-taken', 'Error: x')).toEqual(['the CLI has no refusal for slot-taken']);
    expect(rest('mount-managed', 400, 'unsupported', 'UnsupportedError')).toEqual([
      'REST has no refusal for mount-managed',
    ]);
  });
});
