import { z } from 'zod';

/**
 * `cli`: local CLI on its own home. `url`: CLI with --url. `rest`: HTTP and WebSocket. `sdk`: the official Python SDK,
 * `node-sdk`: the official npm SDK, both as clients of the server. `local-sdk`: the Python SDK as the runtime of a third home.
 */
export const surfaceSchema = z.enum(['cli', 'url', 'rest', 'sdk', 'node-sdk', 'local-sdk']);
export type Surface = z.infer<typeof surfaceSchema>;

/** The surfaces that are always there beside their runtime: what is drawn is drawn for these, and recast for an SDK. */
export const plainSchema = surfaceSchema.exclude(['sdk', 'node-sdk', 'local-sdk']);
export type Plain = z.infer<typeof plainSchema>;

/** The surfaces that are a library in a process of its own. */
export const sdkSchema = surfaceSchema.extract(['sdk', 'node-sdk', 'local-sdk']);
export type Sdk = z.infer<typeof sdkSchema>;

/** Whether a surface is one of these. */
export const isSdk = (via: string | undefined): via is Sdk => isClientSdk(via) || via === 'local-sdk';

/** Whether it is one that is a client of the server, and so another way to ask what is asked over REST. */
export const isClientSdk = (via: string | undefined): via is Exclude<Sdk, 'local-sdk'> =>
  via === 'sdk' || via === 'node-sdk';

/** Whether a surface is the command line, which takes several boxes at once. */
export const isCli = (via: Surface): via is 'cli' | 'url' => via === 'cli' || via === 'url';

/** How a box is spelled other than by its id. */
export const bySchema = z.enum(['name', 'prefix']);
export type By = z.infer<typeof bySchema> | 'id';

/** How a server is told the box of a request: an SDK looks its box up, and spells it by its id from then on. */
export const spelledBy = ({ via, by = 'id' }: { via?: Surface | undefined; by?: By | undefined }): By =>
  via && isSdk(via) ? 'id' : by;
