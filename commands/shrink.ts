import type { Work } from '../domain/work.ts';

/** Simpler workloads, the simplest first. */
export function* simplerWork(work: Work): Iterable<Work> {
  switch (work.do) {
    case 'print':
      if (work.out || work.err) yield { ...work, out: '', err: '' };
      if (work.err) yield { ...work, err: '' };
      if (work.out) yield { ...work, out: '' };
      if (work.code !== 0) yield { ...work, code: 0 };
      return;
    case 'flood':
      if (work.code !== 0) yield { ...work, code: 0 };
      if (work.bytes > 1) yield { do: 'print', out: 'out\n', err: '', code: work.code };
      return;
    case 'hold':
      if (work.onTerm !== undefined) yield { do: 'hold', out: work.out };
      if (work.out) yield { ...work, out: '' };
      return;
    case 'gate':
      yield { do: 'hold', out: work.out };
      return;
    case 'terminal':
      yield { do: 'hold', out: '' };
      return;
    case 'read':
      yield { do: 'print', out: 'out\n', err: '', code: 0 };
      // What a copy has put there may be no text.
      yield { do: 'blob' };
      return;
    case 'blob':
    case 'args':
    case 'env':
    case 'environ':
    case 'pwd':
    case 'id':
    case 'machine':
    case 'caps':
    case 'link':
      yield { do: 'print', out: 'out\n', err: '', code: 0 };
      return;
    case 'die':
      yield { do: 'print', out: '', err: '', code: 128 + work.signal };
      return;
    default:
      return;
  }
}

/** The step with its workload made simpler. */
export function* withSimplerWork<S extends { work: Work }>(step: S): Iterable<S> {
  for (const work of simplerWork(step.work)) yield { ...step, work };
}

/** The step without one of its optional fields; fields that are not there yield nothing. */
export function* without<S extends object>(step: S, ...keys: (keyof S)[]): Iterable<S> {
  for (const key of keys) {
    if (step[key] === undefined) continue;
    const { [key]: _dropped, ...rest } = step;
    yield rest as S;
  }
}
