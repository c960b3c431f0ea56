import { readFileSync } from 'node:fs';
import { castOf } from '../../commands/cast.ts';
import { verbs } from '../../commands/index.ts';
import { visibleLine } from '../../domain/visible.ts';
import { removalSurface } from '../../model/refers.ts';
import type { Event } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { terminalScript } from '../../runtime/drivers/on-terminal.ts';
import { tcpScript } from '../../runtime/targets/local/tcp-script.ts';
import { describeAllowed } from '../text/expect.ts';
import { describeObservation } from '../text/observation.ts';
import { describeStep } from '../text/step.ts';
import { type Check, checkAny } from './check.ts';
import { headerLines, needsOf, type ScriptInput, setupLines } from './header.ts';
import { line, raw, workLines } from './line.ts';
import { renderBefore, renderStep } from './render.ts';
import { type Ending, endingOf, eventOf, hangS, lookedS } from './reported.ts';

/**
 * A counterexample as a plain POSIX shell script that shows the defect without boxcheck: exit 0 and
 * `REPRODUCED`, 1 and `not reproduced`, 2 where nothing can be said.
 */
export function shellScript(input: ScriptInput): string {
  const { program, failure, history } = input.smallest;
  const ending = endingOf(program, failure, history);
  const needs = needsOf(ending.is === 'look' ? [...program.steps, ending.step] : program.steps);
  const steps = [...earlierSteps(program, history.events, ending), ...lastLines(program, ending)];
  return `${[
    ...headerLines(input),
    'set -u',
    helperParts({ attach: needs.attach || needs.sdk, sdk: needs.sdk, invariants: ending.is === 'invariant' }),
    ...(needs.attach ? [client('attach.py', read('attach.py'))] : []),
    ...(needs.sdk ? [client('sdk.py', read('sdk.py'))] : []),
    ...(needs.terminal ? [client('terminal.pl', terminalScript)] : []),
    ...(needs.tcp ? [client('tcp.pl', tcpScript)] : []),
    ...(steps.some((text) => text.includes('$WORK')) ? workLines : []),
    ...setupLines(program, needs),
    ...renderBefore(program.steps, castOf([])),
    ...(ending.is === 'invariant' ? beforeLines(ending) : []),
    ...steps,
  ].join('\n')}\n`;
}

/** Every step before the one that is judged; what comes after it plays no part. */
function earlierSteps(program: Program, events: readonly Event[], ending: Ending): string[] {
  const count =
    ending.is === 'step' ? ending.index : ending.is === 'look' ? ending.index + 1 : program.steps.length;
  return program.steps.slice(0, count).flatMap((step, i) => {
    const event = eventOf(events, program, i);
    const name = String(i + 1);
    const check = earlierCheck(event, name);
    return stepLines(program.steps.slice(0, i), { name, step, event, check, how: 'before' });
  });
}

function lastLines(program: Program, ending: Ending): string[] {
  switch (ending.is) {
    case 'step':
      return stepLines(program.steps.slice(0, ending.index), {
        ...ending,
        name: String(ending.index + 1),
        how: 'reported',
      });
    case 'look':
      return stepLines(program.steps.slice(0, ending.index + 1), {
        ...ending,
        name: 'look',
        how: 'reported',
      });
    case 'invariant':
      return [
        '',
        ...removalLines(program),
        ...ending.unseen.map((text) => line(raw('unseen'), text)),
        line(raw('invariant'), ending.name, ending.helper, ...ending.kinds),
      ];
    case 'nothing':
      return ['', "echo 'undecided: nothing in this program is checked by a script'", 'exit 2'];
  }
}

interface Shown {
  name: string;
  step: Step;
  event: Event | undefined;
  check: Check;
  how: 'before' | 'reported';
}

function stepLines(before: readonly Step[], { name, step, event, check, how }: Shown): string[] {
  const { waitS = 0 } = verbs[step.op];
  const times = how === 'reported' && event ? [lookedS(event, waitS), hangS(event) ?? ''] : [waitS];
  return [
    '',
    comment(`${name}. ${describeStep(step)}`),
    ...(event ? describeAllowed(event.allowed).map((text) => comment(`   allowed: ${text}`)) : []),
    ...(event ? [comment(`   seen:    ${describeObservation(event.seen)}`)] : []),
    `step_${name}() {`,
    ...indented(renderStep(step, castOf(before), `own${name}`)),
    '}',
    `fits_${name}() {`,
    ...indented([...check.prepare, check.condition]),
    '}',
    [how, name, ...times].join(' ').trimEnd(),
  ];
}

/** What is there before the program is not left by it; a process that names no directory names its HOME. */
const beforeLines = ({ kinds }: Extract<Ending, { is: 'invariant' }>): string[] => [
  'mkdir "$T/u"; export HOME="$T/u"',
  line(raw('left_behind'), ...kinds, raw('>"$T/left"')),
];

/** Removes every box by force, each on the surface on which boxcheck does. */
function removalLines({ steps }: Program): string[] {
  const cast = castOf(steps);
  const removals = [...cast.boxes].map(([handle, { home }]) => ({
    handle,
    step: { op: 'rm' as const, via: removalSurface(handle, home), on: [handle], force: true },
  }));
  return [
    'removals() {',
    '  all_gone=yes',
    ...removals.map(({ handle }) => `  removed remove_${handle} "$${handle}"`),
    '}',
    ...removals.flatMap(({ handle, step }) => [
      `remove_${handle}() {`,
      ...indented(renderStep(step, cast)),
      '}',
    ]),
  ];
}

/** Where a known divergence showed itself, any answer will do. */
const earlierCheck = (event: Event | undefined, name: string): Check =>
  event?.matched && !event.matched.startsWith('known:')
    ? checkAny(event.allowed, name)
    : { prepare: [], condition: ':' };

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const comment = (text: string): string => `# ${visibleLine(text)}`;

const read = (file: string): string =>
  readFileSync(new URL(`./parts/${file}`, import.meta.url), 'utf8').trimEnd();

/** The fixed parts of a script, in order; those for attaching and for invariants only where they are needed. */
const helperParts = (needs: { attach: boolean; sdk: boolean; invariants: boolean }): string =>
  [
    'start.sh',
    'calls.sh',
    'json.sh',
    'seen.sh',
    ...(needs.attach ? ['attach.sh'] : []),
    ...(needs.sdk ? ['sdk.sh'] : []),
    'allowed.sh',
    ...(needs.invariants ? ['invariants.sh'] : []),
    'flow.sh',
  ]
    .map(read)
    .join('\n\n');

/** A helper in another language, as lines that write it to where the others expect it. */
const client = (file: string, text: string): string =>
  `cat >"$T/${file}" <<'END_OF_CLIENT'\n${text}\nEND_OF_CLIENT`;
