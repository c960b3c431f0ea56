/** A reader that went away is no failure of the verb. */
const ignore = () => {};

/** Resolves when everything written so far has left this process: an exit would cut a full pipe off. */
export async function flushed(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(empty));
}

const empty = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) return resolve();
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });

/** Keeps a closed stdout or stderr from ending the process with a stack. */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.off('error', ignore).on('error', ignore);
}
