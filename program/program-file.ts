import type { z } from 'zod';
import { FileError, jsonOf, readText } from '../files/json.ts';
import { FORMAT, type Program, programSchema } from './program.ts';
import { stepSchema } from './step.ts';

/** Turns the contents of a file of one format into that of the next one. */
type Migration = (old: Record<string, unknown>) => Record<string, unknown>;

/** Migrations by the format they start from; each result has the next number. None so far: 1 is the first. */
const migrations: Readonly<Record<number, Migration>> = {};

/**
 * The program of a file.
 * @throws FileError when the file is missing, of another format, or names an unknown operation or field
 */
export async function readProgram(path: string): Promise<Program> {
  return parseProgram(path, await readText(path));
}

/** The program in a file's text; `path` is for messages. `known` are the migrations between formats. */
export function parseProgram(path: string, text: string, known = migrations): Program {
  const current = migrated(path, recordOf(path, text), known);
  const result = programSchema.safeParse(current);
  if (result.success) return result.data;
  throw new FileError(`${path}: ${result.error.issues.map((issue) => issueText(issue, current)).join('; ')}`);
}

function recordOf(path: string, text: string): Record<string, unknown> {
  const value = jsonOf(path, text);
  if (isRecord(value)) return value;
  throw new FileError(`${path}: not a program: an object with format, contract and steps is wanted`);
}

function migrated(path: string, value: Record<string, unknown>, known: Readonly<Record<number, Migration>>) {
  let current = value;
  for (let i = 0; current.format !== FORMAT; i++) {
    const { format } = current;
    const migrate = typeof format === 'number' && format < FORMAT ? known[format] : undefined;
    if (!migrate || i > FORMAT) throw new FileError(formatText(path, format));
    current = migrate(current);
  }
  return current;
}

function formatText(path: string, format: unknown): string {
  if (format === undefined)
    return `${path}: has no "format"; a program of this boxcheck has "format": ${FORMAT}`;
  const newer = typeof format === 'number' && format > FORMAT ? '; a newer boxcheck wrote it' : '';
  return `${path}: format ${JSON.stringify(format)} is not known, this boxcheck reads format ${FORMAT}${newer}`;
}

function issueText(issue: z.core.$ZodIssue, value: Record<string, unknown>): string {
  const [head, index, ...rest] = issue.path;
  if (head !== 'steps' || typeof index !== 'number')
    return `${issue.path.join('.') || 'program'}: ${issue.message}`;
  const step = Array.isArray(value.steps) ? (value.steps[index] as unknown) : undefined;
  const op = isRecord(step) ? step.op : undefined;
  const where = `step ${index} (${typeof op === 'string' ? op : 'no op'})`;
  if (issue.code === 'invalid_union' && rest[0] === 'op')
    return `${where}: unknown op, one of ${ops().join(', ')} is wanted`;
  return `${where}${rest.length > 0 ? `, field ${rest.join('.')}` : ''}: ${issue.message}`;
}

const ops = (): string[] => stepSchema.options.map((option) => option.shape.op.value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
