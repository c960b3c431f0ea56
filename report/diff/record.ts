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
