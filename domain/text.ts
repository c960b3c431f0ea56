import { z } from 'zod';

/** Text that a command line and JSON both carry as it is: a NUL would end an argument early, half a character is none. */
export const text = z
  .string()
  .refine(
    (it) => !it.includes('\0') && it.isWellFormed(),
    'no text with a NUL or half a character can be sent',
  );

/** The name of something that is made; one that looks like a flag would be taken for one, and of an empty one nothing is said. */
export const givenName = text
  .min(1)
  .refine((it) => !it.startsWith('-'), 'a name that begins with "-" is taken for a flag');

/** Bytes as JSON has them, see domain/bytes.ts. */
export const byteText = z
  .string()
  .regex(/^[\0-\xff]*$/u, 'bytes are written as the characters U+0000 to U+00FF');

const isPlain = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const isAbsolute = (path: string): boolean => path.startsWith('/') && isPlain(path.slice(1));
const ABSOLUTE = 'a path in a box begins with "/" and has no "..", ".", or empty part';

/** An absolute path in a box, in the one spelling that all views show. */
export const boxFile = text.refine(isAbsolute, ABSOLUTE);

/** The same, or what every copy refuses: nothing, or a path with `..` (contract 2.8). */
export const copyPath = text.refine(
  (it) => it === '' || it.split('/').includes('..') || isAbsolute(it),
  ABSOLUTE,
);

/** Where a volume lies in a box; a colon ends it (contract 6.1). */
export const mountPoint = boxFile.refine((it) => !it.includes(':'), 'a path of a volume has no ":"');

/** A file below a host directory, and not outside. */
export const fileBelow = text.refine(
  isPlain,
  'a file below the directory has no "..", ".", or empty part, nor "/" in front',
);
