import pc from 'picocolors';
import { classes, type DifferenceClass, openClasses } from '../../verdict/diff.ts';
import { duration } from '../stamp.ts';
import { type DiffLine, type DiffRecord, exitCodeOfDiff, openGroups } from './record.ts';

/** What a class of differences means to somebody who reads it for the first time. */
const titles: Record<DifferenceClass, string> = {
  contradiction: 'OPEN: one side contradicts the contract',
  'both-contradict': 'OPEN: both contradict the contract, in different ways',
  'stale-mark': 'OPEN: a known divergence no longer shows',
  'both-alike': 'both contradict the contract, in the same way',
  within: 'within one outcome: the contract leaves open what they answer differently',
  either: 'allowed either way',
  known: 'known divergences of one side',
  apart: 'not comparable: the sides are in different worlds by then',
  wording: 'wording only',
};

/** Kinds shown of a class; the others are in the record. */
const MOST_SHOWN = 12;
/** Longest text of a cell. */
const LONGEST = 220;

/** The result of a comparison on a terminal; the last line says what it comes to. */
export function diffLines(record: DiffRecord, place: string, strict = false): string[] {
  const { totals } = record;
  return [
    ...classes.flatMap((is) => classLines(record, is)),
    ...record.notCompared.map(({ program, why }) => `not compared: ${program}: ${why} [${record.about}]`),
    ...record.warnings.map((warning) => pc.yellow(`warning: ${warning}`)),
    ...record.sides.flatMap(sideLines),
    `${totals.compared} of ${totals.programs} programs compared in ${duration(record.totalMs)}: ${totals.agreed} of ${totals.steps} steps agree in everything, ${totals.unpaired} steps were seen on one side only [${record.about}]`,
    `report: ${place}`,
    resultLine(record, strict),
  ];
}

function classLines(record: DiffRecord, is: DifferenceClass): string[] {
  const groups = record.groups.filter((group) => group.class === is);
  if (groups.length === 0) return [];
  const steps = record.totals.differences[is] ?? 0;
  const title = `${titles[is]} (${steps} step${steps === 1 ? '' : 's'})`;
  const width = Math.max(...groups.map(({ count }) => String(count).length));
  const more = groups.length - MOST_SHOWN;
  return [
    openClasses.has(is) ? pc.red(title) : pc.bold(title),
    ...groups.slice(0, MOST_SHOWN).flatMap((group) => groupLines(group, width, record)),
    ...(more > 0 ? [`  … and ${more} more kinds in diff.json [${record.about}]`] : []),
  ];
}

function groupLines(group: DiffLine, width: number, { sides }: DiffRecord): string[] {
  const { count, programs, op, via, situation, what, file, example, about } = group;
  const [a, b] = sides;
  const indent = ' '.repeat(width + 5);
  const { at, seen } = example.difference;
  return [
    `  ${String(count).padStart(width)}×  ${op} via ${via} in ${situation}: ${short(what)}  [${about}]`,
    `${indent}${programs} program${programs === 1 ? '' : 's'}, such as ${file} (${example.program}, step ${at + 1})${group.rate ? `; in ${group.rate.same} of ${group.rate.runs} runs` : ''}`,
    ...(group.class === 'apart'
      ? []
      : [`${indent}${a.label}: ${short(seen[0])}`, `${indent}${b.label}: ${short(seen[1])}`]),
  ];
}

function sideLines(side: DiffRecord['sides'][number]): string[] {
  const { label, spoilt, endedEarly, environment } = side;
  const who = `${label} BoxLite ${environment.identity.version}`;
  return [
    ...(spoilt > 0 ? [`${who}: ${spoilt} runs spoilt by the machine, run again, never compared`] : []),
    ...(endedEarly === undefined ? [] : [pc.yellow(`${who}: ended early: ${endedEarly}`)]),
  ];
}

/** The last line: what the comparison says, about what. */
function resultLine(record: DiffRecord, strict: boolean): string {
  const code = exitCodeOfDiff(record, strict);
  const open = openGroups(record, strict).length;
  const kinds = `${open} kind${open === 1 ? '' : 's'} of open disagreement`;
  const text = {
    0: 'no open disagreement',
    1: `DISAGREE: ${kinds}`,
    3: record.totals.compared === 0 ? 'NOTHING COMPARED' : `ENDED EARLY, ${kinds} so far`,
    130: `INTERRUPTED, ${kinds} so far`,
  }[code];
  return (code === 0 ? pc.green : pc.red)(`diff: ${text} [${record.about}]`);
}

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
