import { stripVTControlCharacters } from 'node:util';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';

/** Gives the text a person reads, from raw bytes: UTF-8, without colours. */
export const readable = (bytes: Bytes): string => stripVTControlCharacters(toBuffer(bytes).toString('utf8'));

/** Gives the beginning of a text, for messages. */
export const excerpt = (text: string, limit = 2_000): string =>
  text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`;
