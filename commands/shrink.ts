import type { AnyText } from '../domain/any-text.ts';
import type { Data } from '../domain/fill.ts';
import { hostAlias } from '../domain/network.ts';
import { selfParts, type Work } from '../domain/work.ts';
import { lessThan, simplerData } from './simpler-data.ts';

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
      yield { do: 'print', out: 'out\n', err: '', code: work.code };
      yield* without(work, 'pattern', 'to');
      if (work.to === 'both') yield { ...work, to: 'err' };
      for (const bytes of lessThan(work.bytes)) yield { ...work, bytes };
      return;
    case 'hold':
      yield* without(work, 'onTerm', 'forks');
      if (work.out) yield { ...work, out: '' };
      return;
    case 'fork':
      if (work.code !== 0) yield { ...work, code: 0 };
      yield { do: 'print', out: work.out, err: '', code: work.code };
      return;
    case 'daemon':
      yield { do: 'print', out: '', err: '', code: work.code };
      return;
    case 'gate':
      yield { do: 'hold', out: work.out };
      return;
    case 'terminal':
    case 'serve':
      yield { do: 'hold', out: '' };
      return;
    case 'read':
      yield { do: 'print', out: 'out\n', err: '', code: 0 };
      // What a copy has put there may be no text.
      yield { do: 'blob' };
      return;
    case 'write':
      for (const data of simplerData(work.data, 'data\n')) yield { ...work, data };
      return;
    case 'args':
      yield { do: 'print', out: 'out\n', err: '', code: 0 };
      yield* simplerArgs(work.args).map((args): Work => ({ ...work, args }));
      return;
    case 'self':
      yield* selfParts.map((part): Work => ({ do: part }));
      return;
    case 'blob':
    case 'mode':
    case 'env':
    case 'environ':
    case 'pwd':
    case 'id':
    case 'machine':
    case 'caps':
    case 'link':
      yield { do: 'print', out: 'out\n', err: '', code: 0 };
      return;
    case 'reach':
      if (work.by !== 'tcp') yield { ...work, by: 'tcp' };
      if (work.to !== hostAlias.address) yield { ...work, to: hostAlias.address };
      return;
    case 'die':
      yield { do: 'print', out: '', err: '', code: 128 + work.signal };
      return;
    default:
      return;
  }
}

/** Fewer arguments; of one only a smaller one. */
function simplerArgs(args: readonly AnyText[]): AnyText[][] {
  const [only, ...others] = args;
  if (others.length > 0) return args.map((arg) => [arg]);
  return only === undefined || typeof only === 'string'
    ? []
    : lessThan(only.size).map((size) => [{ ...only, size }]);
}

/** The step with its workload made simpler. */
export function* withSimplerWork<S extends { work: Work }>(step: S): Iterable<S> {
  for (const work of simplerWork(step.work)) yield { ...step, work };
}

/** The step with simpler input, where it has some. */
export function* simplerInput<S extends { stdin?: Data | undefined }>(step: S): Iterable<S> {
  if (step.stdin !== undefined) for (const stdin of simplerData(step.stdin, 'in\n')) yield { ...step, stdin };
}

/** The step without one of its optional fields; fields that are not there yield nothing. */
export function* without<S extends object>(step: S, ...keys: (keyof S)[]): Iterable<S> {
  for (const key of keys) {
    if (step[key] === undefined) continue;
    const { [key]: _dropped, ...rest } = step;
    yield rest as S;
  }
}
