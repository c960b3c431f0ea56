import type { Bytes } from '../bytes.ts';

/** A piece of a word. `quoted` pieces are neither split nor taken as patterns. */
export type Part =
  | { is: 'text'; text: Bytes; quoted: boolean }
  | { is: 'parameter'; name: Bytes; operator: Operator; colon: boolean; word: Word; quoted: boolean }
  | { is: 'command'; script: Bytes; body: Node; quoted: boolean }
  | { is: 'arithmetic'; expression: Word; quoted: boolean };

/** What `${NAME operator word}` does with a parameter. */
export type Operator = '' | 'length' | '-' | '=' | '+' | '?' | '#' | '##' | '%' | '%%';

export type Word = Part[];

export type Redirection =
  | { is: 'file'; fd: number; operator: '<' | '>' | '>>' | '<>'; target: Word }
  /** `&>`: stdout and stderr together. */
  | { is: 'both'; append: boolean; target: Word }
  | { is: 'duplicate'; fd: number; target: Word }
  | { is: 'here'; fd: number; document: { body: Word } };

export interface Assignment {
  name: Bytes;
  value: Word;
}

export interface SimpleCommand {
  is: 'simple';
  assignments: Assignment[];
  words: Word[];
  redirections: Redirection[];
}

export type Node =
  | SimpleCommand
  | { is: 'pipeline'; stages: Node[]; negated: boolean }
  | { is: 'and' | 'or'; left: Node; right: Node }
  | { is: 'sequence'; items: Node[] }
  | { is: 'background'; body: Node }
  | { is: 'if'; condition: Node; then: Node; otherwise: Node | null }
  | { is: 'loop'; until: boolean; condition: Node; body: Node }
  | { is: 'for'; name: Bytes; words: Word[] | null; body: Node }
  | { is: 'case'; subject: Word; arms: { patterns: Word[]; body: Node }[] }
  | { is: 'subshell'; body: Node }
  | { is: 'function'; name: Bytes; body: Node }
  /** A compound command with redirections of its own. */
  | { is: 'redirected'; body: Node; redirections: Redirection[] };
