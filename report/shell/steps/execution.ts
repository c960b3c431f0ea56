import type { StepOf } from '../../../program/step.ts';
import { boxPath, type Cast, executionPath, spell } from '../cast.ts';
import { commandOf, jsonWord, line, raw } from '../line.ts';
import type { Word } from '../quote.ts';
import { hex, input } from './input.ts';

const MISSING_DIR = '/no/such/dir';

/** exec in the foreground; over REST it is attached to and followed to its end (contract 2.4, 5.1). */
export function exec(step: StepOf<'exec'>, cast: Cast): string[] {
  if (step.via !== 'rest') {
    const flags = [
      ...(step.stdin === undefined ? [] : ['-i']),
      ...envFlags(step),
      ...(step.badWorkdir ? ['-w', MISSING_DIR] : []),
    ];
    return input(step.stdin, execCall(step, cast, flags));
  }
  const { argv, env } = commandOf(step.work, 'tenant');
  const body = {
    command: argv[0],
    args: argv.slice(1),
    ...(step.work.do === 'env' ? { env } : {}),
    ...(step.badWorkdir ? { working_dir: MISSING_DIR } : {}),
    ...(step.timeoutS === undefined ? {} : { timeout_seconds: step.timeoutS }),
  };
  const path = boxPath(cast, step.on, step.by);
  const attach = line(raw('collect'), [...path, '/executions/', { $: 'new' }, '/attach'], 'feed_new');
  return [
    line(raw('rest_json POST'), [...path, '/exec'], jsonWord(body)),
    'if [ "$STATUS" = 201 ]; then',
    `  new=$(field execution_id) FEED='${hex(step.stdin ?? '')}'`,
    `  ${attach}`,
    'fi',
  ];
}

/** exec -d, or POST exec alone. */
export function spawn(step: StepOf<'spawn'>, cast: Cast): string[] {
  if (step.via !== 'rest') return [execCall(step, cast, ['-d', ...envFlags(step)])];
  const { argv, env } = commandOf(step.work, 'tenant');
  const body = { command: argv[0], args: argv.slice(1), ...(step.work.do === 'env' ? { env } : {}) };
  return [
    line(raw('rest_json POST'), [...boxPath(cast, step.on, step.by), '/exec'], jsonWord(body)),
    `${step.as}=$(field execution_id)`,
  ];
}

const execCall = (step: StepOf<'exec' | 'spawn'>, cast: Cast, flags: string[]): string =>
  line(
    raw(step.via),
    'exec',
    ...flags,
    spell(cast, step.on, step.by, step.via),
    '--',
    ...commandOf(step.work, 'tenant').argv,
  );

const envFlags = ({ work }: StepOf<'exec' | 'spawn'>): string[] =>
  Object.entries(commandOf(work, 'tenant').env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);

/** GET execution, signal, kill, resize (contract 5.1). */
export function execution(step: StepOf<'wait' | 'signal' | 'kill' | 'resize'>, cast: Cast): string[] {
  const path = executionPath(cast, step.exec);
  switch (step.op) {
    case 'wait':
      return [line(raw('rest GET'), path)];
    case 'kill':
      return [line(raw('rest DELETE'), path)];
    case 'signal':
      return [post([...path, '/signal'], { signal: step.signal })];
    case 'resize':
      return [post([...path, '/resize'], { rows: step.rows, cols: step.cols })];
  }
}

const post = (path: Word, body: unknown): string => line(raw('rest_json POST'), path, jsonWord(body));
