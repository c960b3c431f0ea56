import { z } from 'zod';

/** What one word of a command line may well have; a kernel takes four times as much, with what is put around it. */
export const LONGEST_WORD = 32_768;

/** Text that a command line and JSON both carry as it is: a NUL would end an argument early, half a character is none. */
export const text = z
  .string()
  .max(LONGEST_WORD, `more than ${LONGEST_WORD} characters: no command line carries them`)
  .refine(
    (it) => !it.includes('\0') && it.isWellFormed(),
    'no text with a NUL or half a character can be sent',
  );

/** The name of something that is made; one that looks like a flag would be taken for one, and of an empty one nothing is said. */
export const givenName = text
  .min(1)
  .refine((it) => !it.startsWith('-'), 'a name that begins with "-" is taken for a flag');

/** The name of a managed volume: a path would mount what is there on the host, and a colon ends it (contract 6.1). */
export const volumeName = givenName.refine(
  (it) => !/^[./~]|:/u.test(it),
  'the name of a managed volume has no ":", and no "/", "." or "~" in front: that is a path of the host',
);

/** Bytes as JSON has them, see domain/bytes.ts. */
export const byteText = z
  .string()
  .regex(/^[\0-\xff]*$/u, 'bytes are written as the characters U+0000 to U+00FF');

/** The longest name that a file system takes, bytes. */
const LONGEST_NAME = 255;

const isPlain = (path: string): boolean =>
  path.split('/').every((part) => !['', '.', '..'].includes(part) && Buffer.byteLength(part) <= LONGEST_NAME);

const isAbsolute = (path: string): boolean => path.startsWith('/') && isPlain(path.slice(1));
const ABSOLUTE = 'a path in a box begins with "/" and has no "..", ".", empty or too long part';

/** An absolute path in a box, in the one spelling that all views show. */
export const boxFile = text.refine(isAbsolute, ABSOLUTE);

/** The same, or what every copy refuses: nothing, or a path with `..` (contract 2.8). */
export const copyPath = text.refine(
  (it) => it === '' || it.split('/').includes('..') || isAbsolute(it),
  ABSOLUTE,
);

/** Where a volume lies in a box: a colon ends it (contract 6.1), and elsewhere it would hide files of the image. */
export const mountPoint = boxFile.refine(
  (it) => it.startsWith('/mnt/') && !it.includes(':'),
  'a path of a volume is below /mnt and has no ":"',
);

/** A file below a host directory, and not outside. */
export const fileBelow = text.refine(
  isPlain,
  'a file below the directory has no "..", ".", empty or too long part, nor "/" in front',
);
