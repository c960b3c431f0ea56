import type { Argv } from './calls.ts';
import { argvOf, mainArgv } from './work.ts';

/** Whether a piece of a call stands for the process of a workload. */
export const isArgv = (piece: unknown): piece is Argv =>
  typeof piece === 'object' && piece !== null && '$' in piece && piece.$ === 'argv';

/** The words of the process. */
export const argvWords = ({ work, main }: Argv): string[] => (main ? mainArgv(work) : argvOf(work));

/** The process in a JSON body: all its words, or the part that a field is about. */
export function argvJson(argv: Argv): string | string[] {
  const [head = '', ...tail] = argvWords(argv);
  if (argv.part === 'head') return head;
  return argv.part === 'tail' ? tail : [head, ...tail];
}
