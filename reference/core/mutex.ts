/** Runs one task at a time, in the order they came. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

/** A fresh lock; a task that fails does not disturb those behind it. */
export function newMutex(): Mutex {
  let tail: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = tail.then(task);
    tail = mine.catch(() => {});
    return mine;
  };
}
