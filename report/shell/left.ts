import type { Failure } from '../../program/failure.ts';

/** What was left: kinds of things, as the helper `left_behind` takes them, and what it does not look at. */
export interface Left {
  readonly kinds: readonly string[];
  readonly unseen: readonly string[];
}

const LEFT = 'left behind: ';

/** Says what a leak left, from the lines of its baseline (see `Target.baseline`). */
export function leftIn({ detail }: Extract<Failure, { kind: 'oracle' }>): Left {
  if (!detail.startsWith(LEFT)) return { kinds: ['record'], unseen: [] };
  const lines = detail.slice(LEFT.length).split(/; (?=(?:process|path|mount|port|box) )/u);
  const seen = lines.map((text) => [text, kindOf(text)] as const);
  const unseen = seen.flatMap(([text, kind]) => (kind === null ? [text] : []));
  return { kinds: [...new Set(seen.flatMap(([, kind]) => kind ?? []))], unseen };
}

function kindOf(text: string): string | null {
  const [kind = '', name = ''] = text.split(' ');
  if (kind === 'process') return name === 'zombie' ? null : `process:${name}`;
  if (kind === 'box') return 'record';
  return ['path', 'mount', 'port'].includes(kind) ? kind : null;
}
