import { anyDefect, defect } from '../switch.ts';

/** The code a box keeps of a run; `stopped` when a stop ended it. */
export function spoiledMainCode(code: number | null, stopped: boolean): number | null {
  if (!anyDefect() || code === null) return code;
  if (defect('main-code-dropped')) return null;
  if (defect('main-code-zeroed') || (stopped && defect('stop-code-zero'))) return 0;
  return code > 127 && defect('large-code-clipped') ? code & 0x7f : code;
}
