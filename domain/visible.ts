/**
 * A character that a terminal obeys, or that shows text in another order than it is in; all but newline and tab,
 * which every text has.
 */
const control = /([[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\n\t]])/v;

/** Cuts a text at its control characters, which are the pieces at odd places. */
export const cutAtControls = (text: string): string[] => text.split(control);

/**
 * Gives a text that somebody else wrote as it may stand in a terminal or a document: control characters as the
 * escapes of JSON, so that JSON stays the same value.
 */
export const visible = (text: string): string =>
  cutAtControls(text)
    .map((piece, i) => (i % 2 === 0 ? piece : escaped(piece)))
    .join('');

/** Gives the same for a text that must stay on one line. */
export const visibleLine = (text: string): string => visible(text.replaceAll(/[\r\n]+/gu, ' '));

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
