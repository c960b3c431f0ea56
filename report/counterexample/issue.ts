import { visible } from '../../domain/visible.ts';
import type { Failure } from '../../program/failure.ts';
import type { Event } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { displayCommands } from '../shell/display.ts';
import { describeVerdict, failureTitle } from '../text/failure.ts';
import { describeObservation } from '../text/observation.ts';
import { eventNumber } from '../text/trace.ts';
import { expected, issueTitle, promised } from './promised.ts';
import type { CounterexampleRecord } from './record.ts';

/** A draft of an upstream issue in Markdown: what was done, what should have come, what came, how often, where. */
export function issueDraft(record: CounterexampleRecord): string {
  const { smallest, verdict, environment } = record;
  const { identity } = environment;
  const text = [
    `# ${issueTitle(smallest.failure, smallest.program)}`,
    `BoxLite ${identity.version}, found by boxcheck ${environment.boxcheck} on its \`${identity.target}\` target.`,
    targetNote(identity.target),
    '## What was done',
    fenced(smallest.program.steps.length === 0 ? 'nothing' : displayCommands(smallest.program).join('\n')),
    '## What BoxLite promises',
    promised(smallest.failure),
    expected(smallest.failure),
    '## What was seen',
    fenced(seen(smallest.failure)),
    `How often: ${verdict ? describeVerdict(verdict) : 'seen once, not yet run again'}.`,
    '## All steps and their answers',
    fenced(smallest.history.events.map((event) => answer(event, smallest.program)).join('\n')),
    '## To see it again',
    '`repro.sh` needs a POSIX shell, `boxlite`, `curl` and `python3`; `program.json` is for `boxcheck repro`.',
    '## Environment',
    fenced(environmentLines(record).join('\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  return `${visible(text)}\n`;
}

/** What a result on this target is worth (design: real first). */
function targetNote(target: string): string {
  if (target === 'reference') {
    return "**This was seen on boxcheck's own reference runtime. It says nothing about BoxLite.**";
  }
  if (target === 'lab') {
    return 'The lab emulates the hardware and is slow: a failure that depends on timing needs the rate below to be believed.';
  }
  return '';
}

function seen(failure: Failure): string {
  if (failure.kind !== 'unexpected') return failureTitle(failure);
  return [describeObservation(failure.seen), ...failure.differences].join('\n');
}

const answer = (event: Event, program: Program): string =>
  `${eventNumber(event, program).padEnd(4)} ${event.step.op} [${event.situation}] ${event.matched === null ? 'UNEXPECTED ' : ''}${describeObservation(event.seen)}`;

function environmentLines({
  environment,
  foundAt,
  original,
  smallest,
  signature,
}: CounterexampleRecord): string[] {
  const { identity, machine } = environment;
  return [
    `found      ${foundAt.toISOString()}`,
    `target     ${identity.target}`,
    `BoxLite    ${identity.version}`,
    ...Object.entries(identity.details).map(([key, value]) => `${key.padEnd(10)} ${value}`),
    `judged as  BoxLite ${environment.contract}`,
    `boxcheck   ${environment.boxcheck}, node ${environment.node}`,
    `machine    ${machine.system} ${machine.release} ${machine.arch}, ${machine.cpus} cpus`,
    `deadlines  times ${environment.patience ?? 'unknown'}`,
    `seed       campaign ${environment.seed ?? 'none'}, program ${smallest.program.seed ?? 'none'}`,
    `signature  ${signature.text}`,
    `length     ${smallest.program.steps.length} steps, shrunk from ${original.program.steps.length}`,
  ];
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
