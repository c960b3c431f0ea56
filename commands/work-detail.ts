import type { Work } from '../domain/work.ts';

/** The kind of a workload: a file is another one at each path, a code in each range (contract 1.1). */
export function workDetail(work: Work): string {
  if (work.do === 'write') return `write ${work.path}`;
  if (work.do !== 'print') return work.do;
  return `print ${work.code === 0 ? 'zero' : work.code < 128 ? 'small' : 'large'}`;
}
