import type { FaultKind } from '../../core/fault.ts';
import { defect } from '../switch.ts';

/** The kind REST answers with. */
export function spoiledKind(kind: FaultKind): FaultKind {
  if (defect('errors-are-500')) return 'internal';
  return kind === 'execution' && defect('missing-binary-500') ? 'internal' : kind;
}
