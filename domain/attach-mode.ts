/** Values of the `stdin` parameter of an attach beside 0, and some it does not have (contract 5.2). */
export const stdinValues = {
  '1': 'writing',
  true: 'writing',
  false: 'read-only',
  x: 'wrong',
  '': 'wrong',
  TRUE: 'wrong',
} as const;

/** A StdinValue is one of them as it is sent. */
export type StdinValue = keyof typeof stdinValues;

/** Asking is what an attach asks for: `readonly` is `stdin=0`; a value of its own counts more. */
export interface Asking {
  readonly readonly?: boolean | undefined;
  readonly stdin?: StdinValue | undefined;
}

/** Says what the server makes of what an attach asks: `wrong` is refused before anything else is looked at (contract 5.2). */
export const attachMode = ({ readonly, stdin }: Asking): 'writing' | 'read-only' | 'wrong' =>
  stdin === undefined ? (readonly ? 'read-only' : 'writing') : stdinValues[stdin];

/** Gives the query of the route; empty for none. */
export function attachQuery({ readonly, stdin }: Asking): string {
  if (stdin !== undefined) return `?stdin=${stdin}`;
  return readonly ? '?stdin=0' : '';
}
