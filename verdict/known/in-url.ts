const BEFORE = '/v1/boxes/';

/**
 * Whether a text that a client puts into a URL as it is, at its end, means another one there: a part is cut off or left
 * out, folded into the path or decoded, as by every client that reads URLs as the WHATWG says.
 */
export function isChangedInUrl(text: string): boolean {
  const { pathname, search, hash } = new URL(`http://server${BEFORE}${text}`);
  const segment = pathname.startsWith(BEFORE) ? pathname.slice(BEFORE.length) : '/';
  return segment.includes('/') || search !== '' || hash !== '' || decoded(segment) !== text;
}

/** The text that a server makes of a segment; what is no code stays, and a code of no character is refused. */
const decoded = (segment: string): string | null => {
  try {
    return segment.replaceAll(/(?:%[0-9a-f]{2})+/giu, decodeURIComponent);
  } catch {
    return null;
  }
};

/** Whether a text has a character that a client which does not encode it cannot put into a URI, or a server not read. */
export const isOutsideUri = (text: string): boolean => /[^!-~]|[<>`]/u.test(text);
