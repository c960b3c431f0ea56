import type { Backend } from '../backend/backend.ts';

/** Runs a task on a backend and gives the backend back, whatever becomes of the task. */
export async function closing(
  backend: Backend,
  task: (backend: Backend) => Promise<number>,
): Promise<number> {
  try {
    return await task(backend);
  } finally {
    await backend.close();
  }
}
