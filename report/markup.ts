const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text made safe for HTML and XML, in content and in quoted attributes. Characters that XML 1.0 cannot hold at
 * all become U+FFFD.
 */
export const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"']/gu, (character) => entities[character] as string);

/** Attributes in markup form, each with a leading blank; undefined ones are left out. */
export const attributes = (pairs: Record<string, string | number | undefined>): string =>
  Object.entries(pairs)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
