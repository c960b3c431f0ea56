/**
 * The promise's value, or `late` when it takes longer than `limitMs`. The timer never keeps the process alive
 * longer than the promise would.
 */
export function within<T, L>(promise: Promise<T>, limitMs: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late), limitMs);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
