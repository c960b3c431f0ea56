import { join } from 'node:path';
import { counted } from '../../domain/counted.ts';
import { writeAtomic } from '../../files/write.ts';
import { type History, hasFailed } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { unjudgedText } from '../../program/unjudged.ts';
import { traceOf } from '../../report/abbreviate.ts';
import { slug } from '../../report/stamp.ts';
import { provenance } from '../../report/summary.ts';
import { failureLines } from '../../report/text/failure.ts';
import { eventLines } from '../../report/text/trace.ts';
import { rateOf } from '../../verdict/rate.ts';
import { errorText } from '../cli/errors.ts';
import { lacking, programName } from '../corpus/corpus.ts';
import type { Globals } from '../options/globals.ts';
import { expectedSignature, readProgramFile } from '../options/program-file.ts';
import { findingsWithin } from '../session/findings.ts';
import { type End, type Invocation, invoke, programLine } from '../session/invocation.ts';
import { checkReplayFlags, type FoundOn, readFoundOn, replayFlags } from './found-on.ts';
import { marksText, otherPlace } from './place.ts';

/** What shrinking one program may cost, and all of a file's failures together, seconds. */
const SHRINK = { runs: 200, seconds: 1800 };
const FINDINGS_S = 3600;

/** How programs are replayed. */
export interface ReproOptions {
  /** How often each is run. */
  times: number;
  /** Judge a failure and make its program shorter. */
  shrink: boolean;
}

/** Replays the programs of files and folders; exit code 1 when any of them failed. */
export async function repro(files: readonly string[], options: Globals & ReproOptions): Promise<number> {
  const programs = await Promise.all(
    files.map(async (file) => ({
      file,
      program: await readProgramFile(file),
      signature: await expectedSignature(file),
      found: await readFoundOn(file),
    })),
  );
  const { found = null, file = '' } = programs.find((one) => one.found) ?? {};
  const flags = replayFlags(found, options);
  if (found) await checkReplayFlags(file, flags, options);
  // Each program so many times, telling every step; a failure counts whatever it is.
  return invoke('repro', flags, (invocation) => replayAll(invocation, programs, options));
}

/** Replays each program; where one cannot be run at all it tells so of each that is left, and throws. */
export async function replayAll(
  invocation: Invocation,
  programs: readonly Replayed[],
  options: ReproOptions,
): Promise<End> {
  for (const [at, replayed] of programs.entries()) {
    const missing = lacking(replayed.program, invocation.engine.surfaces);
    if (missing.length > 0) {
      const why = `it goes through ${missing.join(', ')}, which is not there; npm run doctor says what is missing`;
      tellNotRun(invocation, [replayed], why);
      invocation.tally.notRun();
      continue;
    }
    const end = await replay(invocation, replayed, options).catch((error: unknown): never => {
      tellNotRun(invocation, programs.slice(at), errorText(error, false));
      throw error;
    });
    if (end.ended !== 'complete') return end;
  }
  return { ended: 'complete' };
}

/** Tells of each program that none of its runs came to an end, and why: a list that ends early looks like a whole one. */
function tellNotRun({ output, programs }: Invocation, left: readonly Replayed[], error: string): void {
  const why = error.replace(/^boxcheck: /u, '');
  for (const { file, program } of left) {
    const steps = program.steps.length;
    const ran = { name: programName(file), group: 'repro', steps, boxes: 0, ms: 0 } as const;
    programs.push({ ...ran, result: 'infrastructure', why });
    output.log(`${file}: NOT RUN: ${why}`);
  }
}

/** A file that is replayed. */
interface Replayed {
  file: string;
  program: Program;
  /** Signature of the failure it is a counterexample of; null: any failure will do. */
  signature: string | null;
  /** What its folder says it was found on. */
  found: FoundOn | null;
}

async function replay(
  invocation: Invocation,
  replayed: Replayed,
  { times, shrink }: ReproOptions,
): Promise<End> {
  const { file, found } = replayed;
  const { output, engine, warnings } = invocation;
  const { environment } = engine;
  const other = otherPlace(found, environment);
  const marks = marksText(environment.options);
  if (other) warnings.push(`${file}: ${other}`);
  if (other) output.log(`${file}: ${other}`);
  else if (found && marks) output.log(`${file}: ${marks}, as it was found`);
  const findings = findingsWithin(invocation, SHRINK, FINDINGS_S);
  const histories: History[] = [];
  for (let i = 1; i <= times; i++) {
    const history = await runTold(invocation, replayed, times > 1 ? `, run ${i} of ${times}` : '');
    histories.push(history);
    invocation.tally.add(history);
    await keepReplay(invocation, file, history);
    const line = programLine(programName(file), 'repro', history);
    invocation.programs.push(line);
    if (line.result === 'unjudged') invocation.tally.amend('passed', 'unjudged');
    if (shrink && hasFailed(history)) await findings.take(history);
    if (history.ending.is === 'interrupted' || invocation.signal.aborted)
      return { ended: 'interrupted', why: `in ${file}` };
  }
  output.log(`${file}: ${conclusion(replayed, histories)} [${provenance(engine)}]`);
  return { ended: 'complete' };
}

/** What several runs of one program say about the failure it stands for, in one line. */
export function conclusion(
  { signature }: Pick<Replayed, 'signature'>,
  histories: readonly History[],
): string {
  const { same, runs } = rateOf(histories, signature);
  const others = rateOf(histories, null).same - same;
  const unjudged = histories.filter((history) => unjudgedText(history) !== null).length;
  const known = [...new Set(histories.flatMap((history) => Object.keys(history.known)))];
  return [
    `${same === 0 && unjudged > 0 ? 'NOT JUDGED' : outcome(signature, same)}, failed in ${same} of ${runs}`,
    ...(others > 0 ? [`${others} failed in another way`] : []),
    ...(runs < histories.length ? [`${histories.length - runs} spoilt by the machine`] : []),
    ...(unjudged > 0 ? [`${unjudged} not judged as a whole`] : []),
    ...(known.length > 0 ? [`known divergences shown: ${known.join(', ')}`] : []),
  ].join('; ');
}

/** A mere program stands for no failure that could be reproduced. */
function outcome(signature: string | null, failed: number): string {
  if (signature === null) return failed > 0 ? 'FAILED' : 'passed';
  return failed > 0 ? 'REPRODUCED' : 'not reproduced';
}

/** Runs a program; tells every step with what was allowed and what was seen as it happens, then how it ended. */
async function runTold(
  { engine, signal, output }: Invocation,
  { file, program }: Replayed,
  which: string,
): Promise<History> {
  const { steps, note } = program;
  const tell = (lines: readonly string[]): void => lines.forEach(output.log);
  tell([`${file}${which}: ${counted(steps.length, 'step')}${note ? ` (${note})` : ''}`]);
  engine.watched.onEvent = (event, history) => tell(eventLines(event, history.program));
  const history = await engine.run(program, signal);
  delete engine.watched.onEvent;
  const { ending } = history;
  if (ending.is === 'failed') tell(failureLines(ending.failure));
  if (ending.is === 'infrastructure') tell([`infrastructure, not the runtime: ${ending.why}`]);
  const unjudged = unjudgedText(history);
  if (unjudged !== null) tell([unjudged]);
  return history;
}

/** Replays of one invocation that are kept. */
const MOST_REPLAYS = 1000;

/** Keeps a replay's trace beside the reports, by its number. */
async function keepReplay({ dir, programs }: Invocation, file: string, history: History): Promise<void> {
  const number = programs.length + 1;
  if (number > MOST_REPLAYS) return;
  const ended = unjudgedText(history) === null ? history.ending.is : 'unjudged';
  const name = `${String(number).padStart(3, '0')}-${slug(programName(file))}-${ended}.jsonl`;
  await writeAtomic(join(dir, 'replays', name), traceOf(history.events));
}
