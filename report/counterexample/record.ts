import type { Failure, Verdict } from '../../program/failure.ts';
import type { History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Environment } from '../environment.ts';

/** A program with the run in which it failed. */
export interface FailedRun {
  program: Program;
  history: History;
  failure: Failure;
}

/** All that is known of a counterexample at some moment. */
export interface CounterexampleRecord {
  original: FailedRun;
  /** The shortest known program that shows the same; the original until something shorter is found. */
  smallest: FailedRun;
  /** Of the smallest: what a replay has to show. */
  signature: { key: string; text: string };
  /** null until it has been run again. */
  verdict: Verdict | null;
  environment: Environment;
  foundAt: Date;
}
