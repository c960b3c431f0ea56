const texts = {
  EACCES: 'Permission denied',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Resource busy',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINTR: 'Interrupted system call',
  EINVAL: 'Invalid argument',
  EIO: 'I/O error',
  EISDIR: 'Is a directory',
  ELOOP: 'Symbolic link loop',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESPIPE: 'Invalid seek',
  ESRCH: 'No such process',
  EXDEV: 'Cross-device link',
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

/** The guest's view of an error a host file system call threw; what it does not know is an I/O error. */
export function fromHost(error: unknown): Errno {
  const code = (error as { code?: string }).code ?? '';
  return new Errno(code in texts ? (code as ErrnoCode) : 'EIO');
}
