import { castOf } from '../../commands/cast.ts';
import { counted } from '../../domain/counted.ts';
import { visible } from '../../domain/visible.ts';
import { surfaceOf } from '../../model/refers.ts';
import { type Failure, isAfterRemoval } from '../../program/failure.ts';
import type { Event } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { promisesOf } from '../contract-sections.ts';
import { displayCommands, displayTitle } from '../shell/display.ts';
import { describeExpect } from '../text/expect.ts';
import { describeVerdict, failureTitle } from '../text/failure.ts';
import { describeObservation } from '../text/observation.ts';
import { describeRefusal } from '../text/refusal.ts';
import { eventNumber } from '../text/trace.ts';
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
    `machine    ${machine.system} ${machine.release} ${machine.arch}, ${counted(machine.cpus, 'cpu')}`,
    `deadlines  times ${environment.patience ?? 'unknown'}`,
    `seed       campaign ${environment.seed ?? 'none'}, program ${smallest.program.seed ?? 'none'}`,
    `signature  ${signature.text}`,
    `length     ${counted(smallest.program.steps.length, 'step')}, shrunk from ${original.program.steps.length}`,
  ];
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

const LONGEST_TITLE = 120;

/** What was called, or looked at, and what is wrong with the answer. */
export function issueTitle(failure: Failure, program: Program): string {
  return `${failure.step ? called(program.steps[failure.at] ?? failure.step, program.steps.slice(0, failure.at)) : lookedAt(failure)}: ${failureDetail(failure)}`;
}

/** When an invariant was looked at that is about no single step. */
const lookedAt = (failure: Failure): string =>
  isAfterRemoval(failure) ? 'After every box was removed' : 'After the last step';

const called = (step: Step, before: readonly Step[]): string => displayTitle(step, castOf(before));

function failureDetail(failure: Failure): string {
  const detail = failure.kind === 'unexpected' ? failure.differences[0] : failure.detail;
  const line = ((detail ?? failureTitle(failure)).split('\n')[0] as string).replace(/ \([a-z-]+\)$/u, '');
  return line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE)}…` : line;
}

/** Each promise with its public source: who reads the draft upstream does not have docs/contract.md. */
export const promised = (failure: Failure): string =>
  promisesOf(failure)
    .map(({ promise, source }) => `- ${promise}\n  Source: ${source}`)
    .join('\n');

/** The answers that would have kept the promises; for an invariant, when it was looked at. */
export function expected(failure: Failure): string {
  if (failure.kind === 'unexpected') return expectedAnswers(failure);
  if (failure.step) return `Step ${failure.at + 1} breaks that${condition(failure)}.`;
  return `${lookedAt(failure)} this was looked at.`;
}

function expectedAnswers(failure: Extract<Failure, { kind: 'unexpected' }>): string {
  const via = surfaceOf(failure.step);
  const answers = failure.allowed.map(({ expect }) =>
    expect.is === 'refused' ? describeRefusal(expect.reason, via) : describeExpect(expect),
  );
  const lines = [...new Set(answers)].map((text) => `- ${text}`);
  return [`So step ${failure.at + 1}${condition(failure)} should have been answered by:`, ...lines].join(
    '\n',
  );
}

/** The state of what the step is about, with the two kinds of box explained. */
function condition({ situation }: Failure): string {
  const kinds = 'a job was given a command of its own, a sandbox was not';
  return ` (\`${situation}\`${/job|sandbox/u.test(situation) ? `: ${kinds}` : ''})`;
}
