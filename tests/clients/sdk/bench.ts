import type { Boxlite } from '@boxlite-ai/boxlite';
import { afterAll, beforeAll, describe } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';
import { type Served, serveReference } from '../server.ts';
import { loadSdk, notBuiltFor } from './platform.ts';

export type Box = NonNullable<Awaited<ReturnType<Boxlite['get']>>>;
export type Execution = Awaited<ReturnType<Box['exec']>>;

/** The SDK, connected to a reference server of its own. */
export interface Bench extends Served {
  sdk: typeof import('@boxlite-ai/boxlite');
  client: Boxlite;
  /** A client with another key. */
  clientWith(apiKey: string): Boxlite;
}

/**
 * A suite for each version of BoxLite the reference can behave like and the SDK is a client of. Only where the
 * SDK does not exist for the platform the suite is left out; `there.test.ts` says so then.
 */
export function withSdk(what: string, suite: (bench: () => Bench) => void): void {
  const versions = ['0.10.7', '0.10.0'];
  describe.runIf(notBuiltFor() === null).each(versions)(`${what}, reference as %s`, (version) => {
    let bench: Bench | undefined;
    beforeAll(async () => {
      bench = await connect(version);
    });
    afterAll(() => bench?.close());
    suite(() => {
      if (bench === undefined) throw new Error('used before its server is up');
      return bench;
    });
  });
}

async function connect(version: string): Promise<Bench> {
  const sdk = await loadSdk();
  const served = await serveReference(version);
  const clientWith = (apiKey: string) =>
    sdk.JsBoxlite.rest(
      new sdk.BoxliteRestOptions({ url: served.url, credential: new sdk.ApiKeyCredential(apiKey) }),
    );
  return { ...served, sdk, client: clientWith(served.apiKey), clientWith };
}

/** What a command wrote and how it ended. */
export interface Finished {
  out: string;
  err: string;
  code: number;
}

/** Reads an execution to its end. */
export async function finish(execution: Execution): Promise<Finished> {
  const [out, err] = await Promise.all([drain(await execution.stdout()), drain(await execution.stderr())]);
  return { out, err, code: (await execution.wait()).exitCode };
}

/** Everything that is still to come of a stream. */
export async function drain(stream: { next(): Promise<string | null> }): Promise<string> {
  let all = '';
  for (let text = await stream.next(); text !== null; text = await stream.next()) all += text;
  return all;
}

/** Runs a workload in a box. */
export const play = async (box: Box, work: Work): Promise<Finished> => finish(await begin(box, work));

/** Starts a workload in a box. */
export function begin(box: Box, work: Work): Promise<Execution> {
  const [command = '', ...args] = argvOf(work);
  return box.exec(command, args);
}

/** A workload that ends with a code and writes nothing. */
export const exit = (code: number): Work => ({ do: 'print', out: '', err: '', code });
