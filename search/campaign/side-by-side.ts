/** Results that wait for their turn; more are not worked ahead, for each holds a whole trace. */
const MOST_AHEAD = 200;

/**
 * Works on things side by side, at most `lanes` at a time, and yields each result in the order of the things. While
 * the caller is busy with a result, one lane is left to it. What throws does so at its turn. When the caller leaves
 * early, what is under way is told by its signal, and waited for.
 * @param next gives the next thing when a lane is free for it; undefined: there is none any more
 */
export async function* sideBySide<T, R>(
  next: () => T | undefined,
  lanes: number,
  work: (thing: T, signal: AbortSignal) => Promise<R>,
): AsyncGenerator<{ readonly thing: T; readonly result: R }> {
  const left = new AbortController();
  const begun: { readonly thing: T; readonly result: Promise<R>; isDone: boolean }[] = [];
  let active = 0;
  /** The result that the caller waits for now. */
  let awaited: unknown;
  let isCallerBusy = false;
  let isOver = false;

  function begin(): void {
    while (!isOver && begun.length < MOST_AHEAD && active < lanes - (isCallerBusy ? 1 : 0)) {
      const thing = next();
      isOver = thing === undefined;
      if (thing === undefined) return;
      active += 1;
      const result = work(thing, left.signal).finally(() => {
        active -= 1;
        one.isDone = true;
        isCallerBusy ||= one === awaited;
        begin();
      });
      // It is thrown when its turn comes.
      result.catch(() => {});
      const one = { thing, result, isDone: false };
      begun.push(one);
    }
  }

  try {
    for (;;) {
      isCallerBusy = begun[0]?.isDone ?? false;
      begin();
      const first = begun.shift();
      if (!first) return;
      awaited = first;
      yield { thing: first.thing, result: await first.result };
    }
  } finally {
    isOver = true;
    left.abort(new Error('what was run beside it is not wanted any more'));
    await Promise.allSettled(begun.map(({ result }) => result));
  }
}
