/** Results that wait to be taken; more are not worked ahead, for each holds a whole trace. */
const MOST_AHEAD = 200;

/**
 * Works on things side by side, at most `lanes` at a time, and yields the results: in the order in which the things
 * were `begun`, or each as it is `done`. While the caller is busy with a result, one lane is left to it. What throws
 * does so at its turn. When the caller leaves early, what is under way is told by its signal, and waited for.
 * @param next gives the next thing when a lane is free for it; undefined: there is none, unless what is under way
 * makes one
 */
export async function* sideBySide<T, R>(
  next: () => T | undefined,
  { lanes, order }: { readonly lanes: number; readonly order: 'begun' | 'done' },
  work: (thing: T, signal: AbortSignal) => Promise<R>,
): AsyncGenerator<{ readonly thing: T; readonly result: R }> {
  const left = new AbortController();
  const begun: { readonly thing: T; readonly result: Promise<R>; isDone: boolean }[] = [];
  let active = 0;
  let isCallerBusy = false;
  let isOver = false;
  let wake = (): void => {};

  const ready = () => begun.find(({ isDone }, at) => isDone && (order === 'done' || at === 0));

  function begin(): void {
    while (!isOver && begun.length < MOST_AHEAD && active < lanes - (isCallerBusy ? 1 : 0)) {
      const thing = next();
      if (thing === undefined) return;
      active += 1;
      const result = work(thing, left.signal).finally(() => {
        active -= 1;
        one.isDone = true;
        isCallerBusy ||= ready() !== undefined;
        begin();
        wake();
      });
      // It is thrown when its turn comes.
      result.catch(() => {});
      const one = { thing, result, isDone: false };
      begun.push(one);
    }
  }

  try {
    for (;;) {
      isCallerBusy = ready() !== undefined;
      begin();
      if (begun.length === 0) return;
      const one = ready();
      if (one) {
        begun.splice(begun.indexOf(one), 1);
        yield { thing: one.thing, result: await one.result };
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    isOver = true;
    left.abort(new Error('what was run beside it is not wanted any more'));
    await Promise.allSettled(begun.map(({ result }) => result));
  }
}
