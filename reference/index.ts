import { fileURLToPath } from 'node:url';

/** How the reference runtime's executable is started; `args` come before the verb. */
export const referenceCommand = (): { file: string; args: string[] } => ({
  file: process.execPath,
  args: [fileURLToPath(new URL('boxlite.js', import.meta.url))],
});

/** The module of a process that serves calls of the executable one after the other; it is forked and told over IPC. */
export const residentFile = (): string => fileURLToPath(new URL('cli/resident.ts', import.meta.url));
