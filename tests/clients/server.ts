import { commandLine } from '../reference/fake/cli.ts';

/** A reference server that foreign programs are to drive, and a scratch directory beside its home. */
export interface Served {
  url: string;
  apiKey: string;
  /** What its boxes are made from. */
  rootfs: string;
  /** For the client's own files. */
  dir: string;
  close(): Promise<void>;
}

/** Starts the reference's own executable as a server with a key, behaving like a version of BoxLite. */
export async function serveReference(version: string): Promise<Served> {
  const apiKey = 'a key only these tests know';
  const cli = commandLine({ BOXLITE_SERVE_API_KEY: apiKey, BOXLITE_REF_PROFILE: version });
  try {
    const { url } = await cli.serve('--host', '127.0.0.1');
    return { url, apiKey, rootfs: cli.rootfs, dir: cli.dir, close: cli.close };
  } catch (error) {
    await cli.close();
    throw error;
  }
}
