import type { z } from 'zod';

/** What is wrong with a value, and where in it. */
export type Issue = Pick<z.core.$ZodIssue, 'code' | 'path' | 'message'>;

/**
 * Gives what is wrong with a value. Of what may be one of several things it tells what is wrong with the one that the
 * value is like, or else with each: that it is none of them helps nobody.
 */
export const issuesOf = ({ issues }: z.ZodError): Issue[] => issues.flatMap(opened);

function opened(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const branches = issue.errors.map((branch) => branch.flatMap(opened));
  const [like = [], ...others] = those(those(branches, isOfItsType), hasItsFields);
  if (others.length === 0) return like.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
  const texts = new Set([like, ...others].map((branch) => branch.map(textOf).join(', ')));
  return [{ ...issue, message: [...texts].join('; or ') }];
}

/** Those of which it is true, or all where it is of none. */
function those<T>(all: T[], isTrue: (one: T) => boolean): T[] {
  const some = all.filter(isTrue);
  return some.length > 0 ? some : all;
}

/** The value as a whole is what is wanted; a field of it may be wrong. */
const isOfItsType = (branch: readonly Issue[]): boolean =>
  !branch.some(
    ({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'),
  );

const hasItsFields = (branch: readonly Issue[]): boolean =>
  !branch.some(({ code, path }) => path.length === 0 && code === 'unrecognized_keys');

const textOf = ({ path, message }: Issue): string =>
  [...(path.length > 0 ? [path.join('.')] : []), message.replace(/^Invalid input: /u, '')].join(': ');
