const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const draw = (length: number, letters: string): string => {
  let text = '';
  for (let i = 0; i < length; i++) text += letters[Math.floor(Math.random() * letters.length)];
  return text;
};

/** A fresh box id: 12 letters and digits. Not secret, so the cheap generator is enough. */
export const newBoxId = (): string => draw(12, alphabet);

/** A fresh container id: 64 hex digits. */
export const newContainerId = (): string => draw(64, '0123456789abcdef');

/** A fresh UUID in text form, version 4, from the same cheap generator (node:crypto costs start-up time). */
export function newUuid(): string {
  const hex = draw(32, '0123456789abcdef');
  const variant = '89ab'[Math.floor(Math.random() * 4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
