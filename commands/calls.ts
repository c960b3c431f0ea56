import type { Bytes } from '../domain/bytes.ts';
import type { ServerEnd } from '../domain/server-end.ts';
import type { By, Sdk, Surface } from '../domain/surface.ts';
import type { Terminal } from '../domain/terminal.ts';
import type { Work } from '../domain/work.ts';
import type { CliExpecting, RestExpecting, SdkExpecting } from '../runtime/normal-form/index.ts';

/**
 * A piece of text that stands for something only known when a call is made. In a path each is one segment.
 * `box`: a box as the step spells it. `exec`: an execution's id. `beside`: the box of an execution; for one that
 * nobody made any box of the server. `told`: the id that an earlier call of the same step told. `name`: a box's name,
 * made unlike those of other runs. `text`: that text. `dir`: the real path of a host directory. `missing`: a host path that does not
 * exist. `port`: a port of the runtime's machine. `scratch`: a file for cp, on the CLI's side.
 */
export type Ref =
  | { readonly $: 'box'; readonly on: string; readonly by?: By | undefined; readonly via: Surface }
  | { readonly $: 'exec'; readonly exec: string }
  | { readonly $: 'beside'; readonly exec: string; readonly by?: By | undefined }
  | { readonly $: 'told' }
  | { readonly $: 'name'; readonly name: string }
  | { readonly $: 'text'; readonly text: string }
  | { readonly $: 'dir'; readonly host: string }
  | { readonly $: 'missing' }
  | { readonly $: 'port'; readonly port: number }
  | { readonly $: 'scratch'; readonly via: 'cli' | 'url'; readonly file: string };

/** Text of a call: pieces that are joined. */
export type Text = string | Ref | readonly (string | Ref)[];

/** The process of a workload, as words; in a JSON body `head` is its first word and `tail` the others. */
export interface Argv {
  readonly $: 'argv';
  readonly work: Work;
  /** It is the main command of a box. */
  readonly main?: true;
  readonly part?: 'head' | 'tail';
}

/** Words of a command line: one each, but for the image and a workload's process. */
export type Word = Text | Argv | { readonly $: 'image' };

/** A JSON value with references in it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | Ref
  | Argv
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A frame that is sent over an attach. */
export type Frame = { readonly binary: Bytes } | { readonly text: string };

/** What one CLI process is to do. */
export interface CliCall {
  readonly call: 'cli';
  readonly via: 'cli' | 'url';
  readonly words: readonly Word[];
  readonly stdin?: Bytes | undefined;
  /** Its stdin and stdout, on which `stdin` is typed. */
  readonly terminal?: Terminal | undefined;
  readonly expecting: CliExpecting;
  /** For batches: the targets as typed. */
  readonly targets?: readonly Text[];
  /** The handle whose id the answer tells. */
  readonly as?: string;
  /** The numbers it prints are told less those that were there before the program. */
  readonly sinceBegan?: true;
  /** It is made twice, and must print the same. */
  readonly twice?: true;
  /** Something was made whose id the CLI does not tell; that it succeeded is all there is to see. */
  readonly untold?: true;
}

/** What one HTTP request is to ask. */
export interface RestCall {
  readonly call: 'rest';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1`. */
  readonly path: Text;
  readonly json?: { readonly [key: string]: Json };
  /** The body names the image that every box uses. */
  readonly image?: true;
  /** The body is an archive with these files. */
  readonly tar?: Readonly<Record<string, Bytes>>;
  /** Permissions of those files, which an archive says to be somebody's. */
  readonly mode?: string | undefined;
  /** The body, as it is, and what it is said to be: an archive, if nothing else. */
  readonly data?: Bytes;
  readonly type?: string;
  /** The body is the archive that the call before it was answered with, or the first half of it. */
  readonly archive?: 'whole' | 'half';
  /** The answer is an archive that the next call sends. */
  readonly keeps?: true;
  /** `file`: an archive with one file, of which the bytes are wanted. `mode`: its permissions. `archive`: one of a box, of which the names are. */
  readonly expecting: RestExpecting | 'file' | 'mode' | 'archive';
  /** As for a CLI call; another server counts from the beginning. */
  readonly sinceBegan?: true;
  readonly as?: string;
}

/** What one call of an SDK is to do; `method` is a word of its driver (runtime/drivers/sdk). */
export interface SdkCall {
  readonly call: 'sdk';
  readonly via: Sdk;
  readonly method: string;
  /** Its arguments; executions are meant by the handles under which the driver holds them. */
  readonly json: { readonly [key: string]: Json };
  /** The box is made from the image that every box uses. */
  readonly image?: true;
  readonly expecting: SdkExpecting;
  /** The handle under which the driver holds what is made. */
  readonly as?: string;
}

/**
 * One thing that a verb does. Data with nothing real in it: `run/perform` does it on a session, `report/shell` prints
 * it. Of a step's calls each is made only when the one before it succeeded, and the last answer is the step's.
 */
export type Call =
  | CliCall
  | RestCall
  | SdkCall
  /** Opens a WebSocket and keeps it under a handle, or for the rest of this step. */
  | { readonly call: 'open'; readonly path: Text; readonly as?: string }
  /** Sends frames over an attach, or over the step's own. */
  | { readonly call: 'frames'; readonly attach?: string; readonly frames: readonly Frame[] }
  /** Looks at all that an attach has received so far. */
  | { readonly call: 'received'; readonly attach: string }
  /** Reads the step's own attach to its end, as a foreground command does. */
  | { readonly call: 'follow' }
  /** The client goes: with a Close, or without a word. */
  | { readonly call: 'leave'; readonly attach: string; readonly how: 'close' | 'drop' }
  /** Writes a scratch file before it is copied, or reads the one that was copied, or what it permits to whom. */
  | {
      readonly call: 'put' | 'take' | 'take-mode';
      readonly via: 'cli' | 'url';
      readonly file: string;
      readonly data?: Bytes;
      readonly mode?: string | undefined;
    }
  /** Writes, or without `data` reads, a file of a host directory. */
  | { readonly call: 'host'; readonly host: string; readonly file: string; readonly data?: Bytes }
  /** Sends bytes to a port of the runtime's machine, over so many connections at once, and reads what comes back. */
  | { readonly call: 'connect'; readonly port: number; readonly data: Bytes; readonly count: number }
  /** Takes that port, for the rest of the program. */
  | { readonly call: 'listen'; readonly port: number }
  /** Ends the server and starts another one on the same home and address. */
  | { readonly call: 'renew'; readonly how: ServerEnd }
  /** The process of an SDK dies without a word, with all that it held; the next call starts another. */
  | { readonly call: 'drop-sdk'; readonly via: Sdk }
  /** Finds out, however the step ended, the id of a box that may have been made without telling it. */
  | { readonly call: 'discover'; readonly as: string; readonly via: Surface };

/** A call of the CLI. */
export const cli = (
  via: CliCall['via'],
  words: readonly Word[],
  expecting: CliExpecting,
  more: Partial<CliCall> = {},
): CliCall => ({ call: 'cli', via, words, expecting, ...more });

/** A request. */
export const rest = (
  method: RestCall['method'],
  path: Text,
  expecting: RestCall['expecting'],
  more: Partial<RestCall> = {},
): RestCall => ({ call: 'rest', method, path, expecting, ...more });

/** A call of an SDK. */
export const sdk = (
  via: Sdk,
  method: string,
  json: SdkCall['json'],
  expecting: SdkExpecting,
  more: Partial<SdkCall> = {},
): SdkCall => ({ call: 'sdk', via, method, json, expecting, ...more });
