import pc from 'picocolors';
import { exitCodeOf, type FindingLine, type InvocationRecord, type KnownLine } from './invocation-record.ts';
import { duration } from './stamp.ts';
import { describeVerdict } from './text/failure.ts';

/** Where a result is from: every line that states one carries it. */
export function provenance(record: InvocationRecord): string {
  const { identity, seed } = record.environment;
  const words = [
    `target ${identity.target}`,
    `BoxLite ${identity.version}`,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ];
  return words.join(', ');
}

/** The summary a run ends with on a terminal; the last line is the result. `place` is the run's directory. */
export function summaryLines(record: InvocationRecord, place: string): string[] {
  const { totals } = record;
  return [
    ...record.findings.flatMap(findingLines),
    ...record.programs
      .filter((program) => program.result === 'infrastructure')
      .map((program) => `infrastructure: ${program.name}: ${program.why ?? ''}`),
    ...record.known.map(knownLine),
    ...record.warnings.map((warning) => pc.yellow(`warning: ${warning}`)),
    `${totals.programs} programs, ${totals.steps} steps, ${totals.boxes} boxes in ${duration(record.totalMs)} (runtime ${duration(totals.runtimeMs)}, boxcheck ${duration(totals.harnessMs)}; processor ${duration(totals.cpuMs)}); ${record.coverage.length} kinds of answers covered`,
    ...(totals.cutShort > 0
      ? [`${totals.cutShort} steps not judged: the contract is silent about the world they were in`]
      : []),
    `report: ${place}`,
    resultLine(record),
  ];
}

/** The last line: what the run says, about what. */
export function resultLine(record: InvocationRecord): string {
  const { totals } = record;
  const counts = `${totals.passed} passed, ${totals.failed} failed${totals.unconfirmed > 0 ? `, ${totals.unconfirmed} unconfirmed` : ''}${totals.infrastructure > 0 ? `, ${totals.infrastructure} not run (infrastructure)` : ''}`;
  const text = `${record.use}: ${word(record)}: ${counts} [${provenance(record)}]`;
  const reference =
    record.environment.identity.target === 'reference'
      ? ' — the reference runtime says nothing about BoxLite'
      : '';
  return exitCodeOf(record) === 0 ? pc.green(text) + reference : pc.red(text) + reference;
}

function word(record: InvocationRecord): string {
  switch (exitCodeOf(record)) {
    case 0:
      return 'fine';
    case 1:
      return 'FAILED';
    case 130:
      return 'INTERRUPTED';
    case 3:
      return record.totals.programs === 0
        ? 'NOTHING RAN'
        : `ENDED EARLY${record.why ? ` (${record.why})` : ''}`;
  }
}

function findingLines(finding: FindingLine): string[] {
  const shrunk =
    finding.steps < finding.originalSteps
      ? `${finding.steps} steps (from ${finding.originalSteps})`
      : `${finding.steps} steps`;
  const seed = finding.seed === undefined ? '' : `, seed ${finding.seed}`;
  return [
    pc.red(`finding: ${finding.text}`),
    `  ${describeVerdict(finding.verdict)}, ${shrunk}${seed}, ${finding.hits} program${finding.hits === 1 ? '' : 's'}`,
    `  ${finding.dir}`,
  ];
}

function knownLine(mark: KnownLine): string {
  if (mark.stale) {
    return pc.red(
      `known divergence ${mark.id} no longer shows (${mark.hits} of ${mark.hits + mark.misses}): remove its mark`,
    );
  }
  return `known: ${mark.id}: ${mark.hits} of ${mark.hits + mark.misses} (${mark.title})`;
}
