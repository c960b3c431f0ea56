import pc from 'picocolors';
import { counted } from '../../domain/counted.ts';
import { classes, type DifferenceClass, type DifferenceGroup, isOpen, meanings } from '../../verdict/diff.ts';
import type { Environment } from '../environment.ts';
import { duration } from '../stamp.ts';

/** One of the two targets of a comparison, and what it did. */
export interface DiffSide {
  /** As written on the command line. */
  label: string;
  /** Absent where it was not opened. */
  environment?: Environment;
  /** Programs it ran. */
  programs: number;
  /** Runs the machine spoilt; they were repeated, and are never compared. */
  spoilt: number;
  /** Why it did not run all programs, where it did not. */
  endedEarly?: string;
}

/** Differences of one kind as they are reported; `file`: the example program, relative to the run's directory. */
export type DiffLine = DifferenceGroup & { file: string };

/** Everything a comparison leaves behind about itself. */
export interface DiffRecord {
  format: 1;
  use: 'diff';
  /** Both targets with their versions, and the seed: what every line of a result carries. */
  about: string;
  seed: number;
  sides: readonly [DiffSide, DiffSide];
  startedAt: string;
  totalMs: number;
  ended: 'complete' | 'deadline' | 'interrupted' | 'infrastructure';
  totals: {
    programs: number;
    compared: number;
    /** Steps both sides had, those without any difference, and those of one side only. */
    steps: number;
    agreed: number;
    unpaired: number;
    /** Steps by class of difference. */
    differences: Partial<Record<DifferenceClass, number>>;
  };
  groups: DiffLine[];
  notCompared: { program: string; why: string }[];
  warnings: string[];
}

/** Name and version of a side. */
export const sideName = ({ label, environment }: Pick<DiffSide, 'label' | 'environment'>): string =>
  environment ? `${label} BoxLite ${environment.identity.version}` : label;

/**
 * What a comparison comes to: its exit code (0 no open disagreement, 1 some, 3 nothing was compared or a target was
 * lost, 130 interrupted), and how many kinds of disagreement nothing explains.
 * @param strict what one outcome of the contract leaves open counts too
 */
export function resultOf({ ended, groups, totals }: DiffRecord, strict: boolean) {
  const open = groups.filter(({ class: is }) => isOpen(is) || (strict && is === 'within')).length;
  const lost = totals.compared === 0 || ended === 'infrastructure';
  const code = ended === 'interrupted' ? 130 : open > 0 ? 1 : lost ? 3 : 0;
  return { code, open } as const;
}

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
    `${totals.compared} of ${counted(totals.programs, 'program')} compared in ${duration(record.totalMs)}: ${totals.agreed} of ${counted(totals.steps, 'step')} agree in everything, ${counted(totals.unpaired, 'step')} seen on one side only [${about}]`,
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
  const often = rate ? `; in ${rate.same} of ${counted(rate.runs, 'run')}` : '';
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
    ...(spoilt > 0
      ? [`${who}: ${counted(spoilt, 'run')} spoilt by the machine, run again, never compared`]
      : []),
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

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
