import { type Issue, issuesOf } from '../files/issues.ts';
import { FileError, jsonOf, readText } from '../files/json.ts';
import { isRecord } from './canonical.ts';
import { FORMAT, type Program, programSchema } from './program.ts';
import { stepSchema } from './step.ts';

/**
 * The program of a file.
 * @throws FileError when the file is missing, of another format, or names an unknown operation or field
 */
export async function readProgram(path: string): Promise<Program> {
  return parseProgram(path, await readText(path));
}

/** The program in a file's text; `path` is for messages. */
export function parseProgram(path: string, text: string): Program {
  const value = recordOf(path, text);
  if (value.format !== FORMAT) throw new FileError(formatText(path, value.format));
  const result = programSchema.safeParse(value);
  if (result.success) return result.data;
  throw new FileError(
    `${path}: ${issuesOf(result.error)
      .map((issue) => issueText(issue, value))
      .join('; ')}`,
  );
}

function recordOf(path: string, text: string): Record<string, unknown> {
  const value = jsonOf(path, text);
  if (isRecord(value)) return value;
  throw new FileError(`${path}: not a program: an object with format, contract and steps is wanted`);
}

function formatText(path: string, format: unknown): string {
  if (format === undefined)
    return `${path}: has no "format"; a program of this boxcheck has "format": ${FORMAT}`;
  const newer = typeof format === 'number' && format > FORMAT ? '; a newer boxcheck wrote it' : '';
  return `${path}: format ${JSON.stringify(format)} is not known, this boxcheck reads format ${FORMAT}${newer}`;
}

function issueText(issue: Issue, value: Record<string, unknown>): string {
  const [head, index, ...rest] = issue.path;
  if (head !== 'steps' || typeof index !== 'number')
    return `${issue.path.join('.') || 'program'}: ${issue.message}`;
  const step = Array.isArray(value.steps) ? (value.steps[index] as unknown) : undefined;
  const op = isRecord(step) ? step.op : undefined;
  const where = `step ${index + 1} (${typeof op === 'string' ? op : 'no op'})`;
  if (issue.code === 'invalid_union' && rest[0] === 'op')
    return `${where}: unknown op, one of ${ops().join(', ')} is wanted`;
  return `${where}${rest.length > 0 ? `, field ${rest.join('.')}` : ''}: ${issue.message}`;
}

const ops = (): string[] => stepSchema.options.map((option) => option.shape.op.value);
