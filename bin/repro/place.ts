import type { Environment } from '../../report/environment.ts';
import type { FoundOn } from './found-on.ts';

type Place = { readonly identity: Pick<Environment['identity'], 'target' | 'version'>; options: object };

const placeText = ({ identity: { target, version }, options }: Place): string => {
  const defects = 'defects' in options && Array.isArray(options.defects) ? options.defects : [];
  const marks = marksText(options);
  return [
    ...[`target ${target}`, `BoxLite ${version}`, ...defects.map((name) => `defect ${name}`)],
    ...(marks ? [marks] : []),
  ].join(', ');
};

/** Which marks of known divergences do not count, in words; null where all do. */
export function marksText(options: { known?: unknown; knownId?: unknown }): string | null {
  if (options.known === false) return 'judged by the contract alone';
  const ids = Array.isArray(options.knownId) ? options.knownId : [];
  return ids.length > 0 ? `without the mark of ${ids.join(', ')}` : null;
}

/** What a replay is on where that differs from what the counterexample was found on; null where it does not. */
export function otherPlace(found: FoundOn | null, here: Place): string | null {
  if (!found || placeText(found) === placeText(here)) return null;
  return `found on ${placeText(found)}; replayed on ${placeText(here)}`;
}
