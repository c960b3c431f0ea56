import type { Called } from '../fake/main.ts';

/** The executable on a home that is fresh for each probe. */
export interface Local {
  dir: string;
  home: string;
  image: string[];
  /** Those that are on, for processes of their own. */
  defects: string;
  run(...args: string[]): Promise<Called>;
}

/** A short life on the command line; what it gives must differ when one of its defects is on. */
export type LocalProbe = (local: Local) => Promise<unknown>;

/** Without the ids, which differ every time. */
export const shown = ({ code, out, err }: Called, ...ids: string[]) =>
  [code, out, err.replace(/\[boxlite\].*\n/g, '')].map((text) =>
    ids.reduce((kept, id) => String(kept).replaceAll(id, 'ID'), String(text)),
  );

/** Runs a box in the background, and tells its id. */
export const detached = async ({ run, image }: Local, ...args: string[]) =>
  (
    await run(
      'run',
      '-d',
      ...args.slice(0, args.indexOf('--')),
      ...image,
      ...args.slice(args.indexOf('--') + 1),
    )
  ).out.trim();
