import { type DifferenceClass, type DifferenceGroup, isOpen } from '../../verdict/diff.ts';
import type { Environment } from '../environment.ts';

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
export type DiffLine = DifferenceGroup & { about: string; file: string };

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

/** Kinds of disagreement that nothing explains; `strict`: also what one outcome of the contract leaves open. */
export const openGroups = ({ groups }: Pick<DiffRecord, 'groups'>, strict = false): DiffLine[] =>
  groups.filter(({ class: is }) => isOpen(is) || (strict && is === 'within'));

/**
 * Exit code of a comparison: 0 no open disagreement, 1 some, 3 nothing was compared or a target was lost, 130
 * interrupted.
 */
export function exitCodeOfDiff(record: DiffRecord, strict = false): 0 | 1 | 3 | 130 {
  if (record.ended === 'interrupted') return 130;
  if (openGroups(record, strict).length > 0) return 1;
  return record.totals.compared === 0 || record.ended === 'infrastructure' ? 3 : 0;
}
