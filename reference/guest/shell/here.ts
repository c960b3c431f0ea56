import type { Bytes } from '../bytes.ts';
import { type PendingHere, Scanner } from './scanner.ts';
import { SyntaxFault } from './syntax-error.ts';
import { type ParseCommands, parseParts } from './words.ts';

/** Reads the texts of all here-documents announced on the line that has just ended. */
export function readHereDocuments(scanner: Scanner, commands: ParseCommands): void {
  const pending = scanner.pendingHere;
  scanner.pendingHere = [];
  for (const each of pending) fill(each, readText(scanner, each), commands);
}

function readText(scanner: Scanner, { delimiter, stripTabs }: PendingHere): Bytes {
  let text = '';
  for (;;) {
    if (scanner.done) throw new SyntaxFault(`syntax error: here-document without "${delimiter}"`, true);
    const end = scanner.text.indexOf('\n', scanner.at);
    const stop = end < 0 ? scanner.text.length : end;
    const raw = scanner.text.slice(scanner.at, stop);
    scanner.at = Math.min(stop + 1, scanner.text.length);
    const line = stripTabs ? raw.replace(/^\t+/, '') : raw;
    if (line === delimiter) return text;
    text += `${line}\n`;
  }
}

function fill(pending: PendingHere, text: Bytes, commands: ParseCommands): void {
  if (pending.literal) {
    pending.document.body = [{ is: 'text', text, quoted: true }];
    return;
  }
  // Quotes mean nothing in a here-document, so they are hidden from the parser of words.
  const inner = new Scanner(text.replaceAll('"', hiddenQuote));
  const parts = parseParts(inner, commands, () => false, true);
  pending.document.body = parts.map((part) =>
    part.is === 'text' ? { ...part, text: part.text.replaceAll(hiddenQuote, '"') } : part,
  );
}

/** No byte: cannot occur in a script. */
const hiddenQuote = '\u0100';
