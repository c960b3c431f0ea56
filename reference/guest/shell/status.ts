/** What `$?` shows for a process's end: n, or 128 + k for a signal. */
export const statusOf = (code: number): number => (code < 0 ? 128 - code : code);

const deaths: Record<number, string> = {
  1: 'Hangup',
  3: 'Quit',
  6: 'Aborted',
  9: 'Killed',
  10: 'User defined signal 1',
  11: 'Segmentation fault',
  12: 'User defined signal 2',
  14: 'Alarm clock',
  15: 'Terminated',
};

/** What a shell prints when a command it waited for was killed; null when it says nothing. */
export const deathNotice = (code: number): string | null => (code < 0 ? (deaths[-code] ?? null) : null);
