import pc from 'picocolors';
import { counted } from '../domain/counted.ts';
import {
  exitCodeOf,
  type FindingLine,
  type InvocationRecord,
  type KnownLine,
  nothingWas,
} from './invocation-record.ts';
import { duration } from './stamp.ts';
import { describeVerdict } from './text/failure.ts';

/** Where a result is from: every line that states one carries it. */
export function provenance({ environment }: Pick<InvocationRecord, 'environment'>): string {
  const { identity, seed } = environment;
  const drawn = seed === undefined ? '' : `, seed ${seed}`;
  return `target ${identity.target}, BoxLite ${identity.version}${drawn}`;
}

/** The summary a run ends with on a terminal; the last line is the result. `place` is the run's directory. */
export function summaryLines(record: InvocationRecord, place: string): string[] {
  const { totals } = record;
  return [
    ...Object.values(Object.groupBy(record.findings, ({ family }) => family)).flatMap((family = []) => [
      ...family.slice(0, 1).flatMap(findingLines),
      ...family.slice(1).flatMap(relatedLines),
    ]),
    ...newsLines(record),
    ...record.programs
      .filter((program) => program.result === 'infrastructure')
      .map((program) => `infrastructure: ${program.name}: ${program.why ?? ''}`),
    ...record.broken
      .filter(({ times }) => times > 1)
      .map(
        ({ program, times, why }) =>
          `infrastructure: ${counted(times, 'time')} under one program, ${program}: ${why}`,
      ),
    ...leftOpen(record),
    ...record.known.map(knownLine),
    ...marksTable(record),
    ...record.warnings.map((warning) => pc.yellow(`warning: ${warning}`)),
    `${counted(totals.programs, 'program')}${totals.corpus > 0 ? ` and ${totals.corpus} of the corpus` : ''}, ${counted(totals.steps, 'step')}, ${counted(totals.boxes, 'box')} in ${duration(record.totalMs)} (runtime ${duration(totals.runtimeMs)}, boxcheck ${duration(totals.harnessMs)}; processor ${duration(totals.cpuMs)}); ${counted(record.coverage.length, 'kind')} of answers covered`,
    ...(totals.cutShort > 0
      ? [
          `${counted(totals.cutShort, 'step')} not judged: the contract says nothing of the world they were in, or they could not be made`,
        ]
      : []),
    ...machineLine(record),
    ...spentLines(record),
    `report: ${place}`,
    resultLine(record),
  ];
}

/** `the machine broke 3 times in 250 boxes (1.2 in 100): 2 no sign of life, 1 ssh lost`. */
function machineLine({ machine, totals }: InvocationRecord): string[] {
  const kinds = Object.entries(machine).sort(([, a], [, b]) => b - a);
  const times = kinds.reduce((sum, [, count]) => sum + count, 0);
  if (times === 0) return [];
  const rate = totals.boxes > 0 ? ` (${((100 * times) / totals.boxes).toFixed(1)} in 100)` : '';
  const told = kinds.map(([kind, count]) => `${count} ${kind}`).join(', ');
  return [`the machine broke ${counted(times, 'time')} in ${counted(totals.boxes, 'box')}${rate}: ${told}`];
}

/**
 * `drew 47 programs in 20 min of 45 min; corpus 3 min, re-runs 9 min, …; in all runs boots 15 min, …`: what time went
 * into. Parts that took none are left out.
 */
export function spentLines({ use, spent, totals, totalMs }: InvocationRecord): string[] {
  const parts = (named: Record<string, number>): string[] =>
    Object.entries(named).flatMap(([name, ms]) => (ms < 1 ? [] : [`${name} ${duration(ms)}`]));
  const { programsMs, corpusMs, rerunsMs, shrinkingMs, repairsMs } = spent;
  const { bootsMs, commandsMs, pollsMs, knownMs } = spent;
  const what = `${use === 'fuzz' ? 'drew' : 'ran'} ${counted(totals.programs, 'program')}`;
  return [
    [
      `${what} in ${duration(programsMs)} of ${duration(totalMs)}`,
      ...parts({ corpus: corpusMs, 're-runs': rerunsMs, shrinking: shrinkingMs, repairs: repairsMs }),
    ].join(', '),
    ...[
      parts({ boots: bootsMs, commands: commandsMs, polls: pollsMs, 'known divergences': knownMs }).join(
        ', ',
      ),
    ]
      .filter((text) => text !== '')
      .map((text) => `of that: ${text}`),
  ];
}

/** The last line: what the run says, about what. */
export function resultLine(record: InvocationRecord): string {
  const { totals } = record;
  const rare = (count: number, what: string): string => (count > 0 ? `, ${count} ${what}` : '');
  const counts = `${totals.passed} passed, ${totals.failed} failed${rare(totals.unconfirmed, 'unconfirmed')}${rare(totals.unjudged, 'not judged')}${rare(totals.infrastructure, 'not run (infrastructure)')}`;
  const text = `${record.use}: ${word(record)}: ${counts} [${provenance(record)}]`;
  const reference =
    record.environment.identity.target === 'reference'
      ? ' — the reference runtime says nothing about BoxLite'
      : '';
  return exitCodeOf(record) === 0 ? pc.green(text) + reference : pc.red(text) + reference;
}

/** What came of it; that it ended before its time is said whatever else there is. */
function word(record: InvocationRecord): string {
  const { ended } = record;
  const why = record.why ? ` (${record.why})` : '';
  const early = ended === 'infrastructure' ? [`ENDED EARLY${why}`] : [];
  const words = { 0: ['fine'], 1: ['FAILED'], 3: lack(record), 130: [`INTERRUPTED${why}`] }[
    exitCodeOf(record)
  ];
  return [...words, ...early].join(', ');
}

/** Why nothing can be said, where it is not that the run ended early. */
function lack(record: InvocationRecord): string[] {
  const nothing = nothingWas(record);
  if (nothing) return [{ run: 'NOTHING RAN', drawn: 'NOTHING DRAWN' }[nothing]];
  if (record.ended === 'infrastructure') return [];
  return [record.totals.unjudged > 0 ? 'NOT JUDGED' : 'NOT ALL RAN'];
}

/** What no time was left for, and how it is gone on with. */
export function leftOpen({ findings }: Pick<InvocationRecord, 'findings'>): string[] {
  const open = findings.filter((finding) => finding.open);
  if (open.length === 0) return [];
  const kinds = Object.entries(Object.groupBy(open, (finding) => finding.open ?? ''));
  const counts = kinds.map(([kind, some = []]) => `${some.length} ${kind}`).join(', ');
  const folders = open.map(({ dir }) => dir).join(' ');
  return [
    `left open: of ${counted(findings.length, 'finding')} ${counts}; go on with: npm run repro -- --shrink ${folders}`,
  ];
}

/** What became of each known divergence on this version, and what is new; nothing for a run without their programs. */
function marksTable(record: InvocationRecord): string[] {
  const marks = record.programs.flatMap(({ mark }) => mark ?? []);
  if (marks.length === 0) return [];
  const ids = (is: (typeof marks)[number]['is']): string[] =>
    marks.filter((mark) => mark.is === is).map(({ id }) => id);
  const row = (name: string, list: readonly string[], shown = list): string =>
    `  ${name.padEnd(12)}${String(list.length).padStart(3)}  ${shown.join(', ')}`.trimEnd();
  const failing = record.programs.filter(({ mark, result }) => !mark && result === 'failed');
  return [
    `known divergences on ${record.environment.identity.version}:`,
    row('still there', ids('there'), []),
    row('not seen', ids('not-seen')),
    row('gone', ids('gone')),
    row('changed', ids('changed')),
    row(
      'new',
      failing.map(({ name }) => name),
    ),
  ];
}

/** `3 of 4`: how often a known divergence showed where it applied. */
export const shownText = ({ hits, misses }: KnownLine): string => `${hits} of ${hits + misses}`;

/** `seen before, first on 2026-11-20, in 3 runs`, or `new`. */
export const seenText = ({ seen }: FindingLine): string =>
  seen ? `seen before, first on ${seen.first.slice(0, 10)}, in ${counted(seen.runs, 'run')}` : 'new';

/** What is news of all findings, and what earlier runs have seen and this one has not. */
function newsLines({ findings, gone = [] }: InvocationRecord): string[] {
  if (findings.length + gone.length === 0) return [];
  const before = findings.filter(({ seen }) => seen).length;
  const missed = gone.length > 0 ? `; ${gone.length} of earlier runs not seen this time` : '';
  return [
    `${counted(findings.length, 'finding')}: ${findings.length - before} new, ${before} seen before${missed}`,
  ];
}

/** Findings of one family may well be one bug: one of them is told in full. */
const relatedLines = (finding: FindingLine): string[] => [
  pc.red(`  of the same family: ${finding.text}`),
  `    ${describeVerdict(finding.verdict)}, ${seenText(finding)}; ${finding.dir}`,
];

function findingLines(finding: FindingLine): string[] {
  const { steps, originalSteps, hits } = finding;
  const from = steps < originalSteps ? ` (from ${originalSteps})` : '';
  const seed = finding.seed === undefined ? '' : `, seed ${finding.seed}`;
  return [
    pc.red(`finding: ${finding.text}`),
    ...(finding.variantOf
      ? [`  variant of ${finding.variantOf}: its mark in corpus/known is too narrow`]
      : []),
    `  ${describeVerdict(finding.verdict)}, ${counted(steps, 'step')}${from}${seed}, ${counted(hits, 'program')}, ${seenText(finding)}`,
    `  ${finding.dir}`,
  ];
}

const knownLine = (mark: KnownLine): string =>
  mark.stale
    ? pc.red(`known divergence ${mark.id} no longer shows (${shownText(mark)}): remove its mark`)
    : `known: ${mark.id}: ${shownText(mark)} (${mark.title})`;
