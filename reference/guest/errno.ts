const texts = {
  EACCES: 'Permission denied',
  EIO: 'I/O error',
  EISDIR: 'Is a directory',
  ELOOP: 'Symbolic link loop',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  EROFS: 'Read-only file system',
} as const;

export type ErrnoCode = keyof typeof texts;

/** A failed system call of a guest process; the message is what the guest's libc prints for it. */
export class Errno extends Error {
  override name = 'Errno';
  readonly code: ErrnoCode;
  constructor(code: ErrnoCode) {
    super(texts[code]);
    this.code = code;
  }
}

/** Gives the guest's view of an error a host file system call threw; what it does not know is an I/O error. */
export function fromHost(error: unknown): Errno {
  const code = (error as { code?: string }).code ?? '';
  return new Errno(Object.hasOwn(texts, code) ? (code as ErrnoCode) : 'EIO');
}
