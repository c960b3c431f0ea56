/** One of the two arguments of `cp`. */
export type Side = { is: 'host'; path: string } | { is: 'box'; box: string; path: string };

/** `X:PATH` is in a box, split at the first colon; what begins like a path is on the host. */
export function sideOf(text: string): Side {
  const colon = text.indexOf(':');
  if (colon < 0 || /^[/.~]/.test(text)) return { is: 'host', path: text };
  return { is: 'box', box: text.slice(0, colon), path: text.slice(colon + 1) };
}
