import pc from 'picocolors';
import { classes, type DifferenceClass, isOpen, meanings } from '../../verdict/diff.ts';
import { duration } from '../stamp.ts';
import { type DiffLine, type DiffRecord, resultOf, sideName } from './record.ts';

/** Kinds shown of a class, and characters of a cell; the rest is in the record. */
const MOST_SHOWN = 12;
const LONGEST = 220;

/** The result of a comparison on a terminal; the last line says what it comes to. */
export function diffLines(record: DiffRecord, place: string, strict = false): string[] {
  const { totals, about } = record;
  return [
    ...classes.flatMap((is) => classLines(record, is)),
    ...record.notCompared.map(({ program, why }) => `not compared: ${program}: ${why} [${about}]`),
    ...record.warnings.map((warning) => pc.yellow(`warning: ${warning}`)),
    ...record.sides.flatMap(sideLines),
    `${totals.compared} of ${totals.programs} programs compared in ${duration(record.totalMs)}: ${totals.agreed} of ${totals.steps} steps agree in everything, ${totals.unpaired} steps were seen on one side only [${about}]`,
    `report: ${place}`,
    resultLine(record, strict),
  ];
}

function classLines(record: DiffRecord, is: DifferenceClass): string[] {
  const groups = record.groups.filter((group) => group.class === is);
  if (groups.length === 0) return [];
  const title = `${meanings[is]} (${counted(record.totals.differences[is] ?? 0, 'step')})`;
  const width = Math.max(...groups.map(({ count }) => String(count).length));
  const more = groups.length - MOST_SHOWN;
  return [
    isOpen(is) ? pc.red(title) : pc.bold(title),
    ...groups.slice(0, MOST_SHOWN).flatMap((group) => groupLines(group, width, record)),
    ...(more > 0 ? [`  … and ${more} more kinds in diff.json [${record.about}]`] : []),
  ];
}

function groupLines(group: DiffLine, width: number, { sides, about }: DiffRecord): string[] {
  const { count, programs, op, via, situation, what, file, example, rate } = group;
  const { at, seen } = example.difference;
  const indent = ' '.repeat(width + 5);
  const often = rate ? `; in ${rate.same} of ${rate.runs} runs` : '';
  const answers = sides.map(({ label }, i) => `${indent}${label}: ${short(seen[i] ?? '')}`);
  return [
    `  ${String(count).padStart(width)}×  ${op} via ${via} in ${situation}: ${short(what)}  [${about}]`,
    `${indent}${counted(programs, 'program')}, such as ${file} (${example.program}, step ${at + 1})${often}`,
    ...(group.class === 'apart' ? [] : answers),
  ];
}

function sideLines(side: DiffRecord['sides'][number]): string[] {
  const { spoilt, endedEarly } = side;
  const who = sideName(side);
  return [
    ...(spoilt > 0 ? [`${who}: ${spoilt} runs spoilt by the machine, run again, never compared`] : []),
    ...(endedEarly === undefined ? [] : [pc.yellow(`${who}: ended early: ${endedEarly}`)]),
  ];
}

/** The last line: what the comparison says, about what. */
function resultLine(record: DiffRecord, strict: boolean): string {
  const { code, open } = resultOf(record, strict);
  const kinds = `${counted(open, 'kind')} of open disagreement`;
  const text = {
    0: 'no open disagreement',
    1: `DISAGREE: ${kinds}`,
    3: record.totals.compared === 0 ? 'NOTHING COMPARED' : `ENDED EARLY, ${kinds} so far`,
    130: `INTERRUPTED, ${kinds} so far`,
  }[code];
  return (code === 0 ? pc.green : pc.red)(`diff: ${text} [${record.about}]`);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
