import type { Target } from '../../runtime/ports/target.ts';
import type { Lane } from './lanes.ts';

/**
 * Makes lanes of one machine take turns with its repair: it is brought back once for all that ask meanwhile, when no
 * program runs on any of them, and none begins before it is over.
 */
export function onOneMachine(lanes: readonly Lane[]): Lane[] {
  const underWay = new Set<Promise<unknown>>();
  let repair: Promise<void> | null = null;
  const beside = async <T>(work: () => Promise<T>): Promise<T> => {
    while (repair) await repair.catch(() => {});
    const done = work();
    underWay.add(done);
    return done.finally(() => underWay.delete(done));
  };
  const once = (recover: () => Promise<void>): Promise<void> => {
    repair ??= Promise.allSettled(underWay)
      .then(recover)
      .finally(() => {
        repair = null;
      });
    return repair;
  };
  return lanes.map((lane) => {
    const { control, recover } = lane.target;
    const target: Target = {
      ...lane.target,
      ...(control && { control: () => beside(control) }),
      recover: () => once(recover),
    };
    return { target, run: (program, signal) => beside(() => lane.run(program, signal)) };
  });
}
