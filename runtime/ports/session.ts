import type { Bytes } from '../../domain/bytes.ts';
import type { ServerEnd } from '../../domain/server-end.ts';
import type { Sdk, Surface } from '../../domain/surface.ts';
import type { Terminal } from '../../domain/terminal.ts';

/** A CliAnswer says what a CLI process did. Raw: no judgement yet. */
export interface CliAnswer {
  args: string[];
  /** null when it died by a signal or was killed at the deadline. */
  exit: number | null;
  signal: string | null;
  out: Bytes;
  err: Bytes;
  timedOut: boolean;
  ms: number;
}

/** A RestAnswer says what an HTTP request got. `status` 0: no answer at all, `err` says why. */
export interface RestAnswer {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string>;
  body: Bytes;
  err?: string;
  timedOut: boolean;
  ms: number;
}

/** An AttachSocket is one live WebSocket; collects everything it receives, in order, until it is closed. */
export interface AttachSocket {
  readonly executionId: string | undefined;
  /** All frames received so far. */
  frames(): readonly AttachFrame[];
  /** Whether and how the connection has ended; `code` 1006 when it broke without a Close. */
  closed(): { code: number } | null;
  sendBinary(data: Bytes): void;
  sendText(text: string): void;
  /** Resolves after the next frame or the end, or after `ms`. */
  changed(ms: number): Promise<void>;
  /** A clean close: Close frame, waits for the peer's (bounded). */
  close(): Promise<void>;
  /** The socket is destroyed without a Close. */
  drop(): Promise<void>;
}

export type AttachFrame =
  | { kind: 'binary'; data: Bytes }
  | { kind: 'text'; text: string }
  /** Not a frame of a WebSocket, or text that is no UTF-8; nothing can be read after it. */
  | { kind: 'invalid'; why: string };

/** An AttachAnswer is the result of an upgrade request: either a socket, or the plain HTTP answer that refused it. */
export type AttachAnswer = { socket: AttachSocket } | { refused: RestAnswer };

/** What the driver of an SDK is asked: one of its methods, with its arguments. */
export type SdkRequest = { readonly method: string } & { readonly [argument: string]: unknown };

/** An SdkAnswer says what came of a call of an SDK: a value, an exception, or nothing. Raw: no judgement yet. */
export interface SdkAnswer {
  ok?: unknown;
  error?: { kind: string; code: string | null; message: string } | undefined;
  /** The process is gone, with what it said. */
  died?: string;
  /** No answer in so many milliseconds. */
  hung?: number;
}

/** An SdkClient is an SDK in a process that stays and holds what the program has made; the first call starts it. */
export interface SdkClient {
  call(request: SdkRequest, options: CallOptions): Promise<SdkAnswer>;
  /** The same for a call that attaches. */
  attach(
    request: SdkRequest,
    options: CallOptions,
  ): Promise<{ socket: AttachSocket } | { refused: SdkAnswer }>;
  /** Kills the process with all that it holds, as a crash does; the next call starts another one. */
  drop(): Promise<void>;
}

export interface CallOptions {
  /** Milliseconds until the call is given up and reported as timed out. Already scaled by the caller. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** `back`: another server listens. `hangs`: the old one did not end by itself. `gone`: the new one does not listen. */
export type RestartAnswer = { is: 'back' } | { is: 'hangs' | 'gone'; text: string };

/** Names a symbolic host directory (`h1`), or that of scratch files for cp, on the side the CLI of `via` runs on. */
export type HostPlace = { readonly host: string } | { readonly via: 'cli' | 'url' };

/** A Host is the machine the runtime runs on: files and directories that mounts and cp need. */
export interface Host {
  /** Real path of a symbolic host directory, made with its marker file at first use. */
  dir(handle: string): Promise<string>;
  /** A path that does not exist. */
  missing(): string;
  /** Real path of a file. */
  path(place: HostPlace, file: string): Promise<string>;
  /** `mode`: with these permissions, in octal. */
  write(place: HostPlace, file: string, data: Bytes, mode?: string): Promise<void>;
  /** Permissions of a file as `ls -l` has them, and `own` or the id of another owner; null where there is no such file. */
  mode(place: HostPlace, file: string): Promise<Bytes | null>;
  /** null where there is no such file. */
  read(place: HostPlace, file: string): Promise<Bytes | null>;
  /** The real number of a symbolic port; nobody had it when it was asked for first. */
  port(symbol: number): Promise<number>;
  /**
   * What comes back over so many connections at once, the last first, each within so many seconds; null where nobody
   * listens.
   * @throws InfrastructureError when a listener of the target's own could not be reached in the same way either.
   */
  connect(symbol: number, data: Bytes, count: number, waitS: number): Promise<Bytes | null>;
  /** Takes a port for the rest of the program; false where somebody has it. */
  listen(symbol: number): Promise<boolean>;
  /** The port of the machine's loopback at which a program of ours, that has been heard, echoes: over TCP, and over UDP (TFTP). */
  echo(): Promise<number>;
}

/**
 * Drives a target for one program. Everything it makes must be gone after `dispose`; what is not, the
 * next `baseline` shows.
 */
export interface Session {
  /** Which surfaces exist here. */
  readonly surfaces: ReadonlySet<Surface>;
  /** The image every box uses: an OCI layout directory on the runtime's machine, or a reference. */
  readonly image: { rootfs: string } | { image: string };
  /** Factor for every deadline of the contract: 1 on bare metal, more under emulation. */
  readonly deadlineFactor: number;
  cli(
    surface: 'cli' | 'url',
    args: string[],
    options: CallOptions & { stdin?: Bytes; env?: Record<string, string>; terminal?: Terminal },
  ): Promise<CliAnswer>;
  rest(
    request: { method: string; path: string; json?: unknown; body?: Uint8Array; contentType?: string },
    options: CallOptions,
  ): Promise<RestAnswer>;
  attach(path: string, options: CallOptions): Promise<AttachAnswer>;
  /** An SDK as a client of the server. */
  sdk(via: Sdk): SdkClient;
  /**
   * Ends the server and waits until another one listens in its place, at the same home and address. Absent where
   * the server is somebody else's. `timeoutMs` is for its end; one that does not end is killed then.
   */
  restartServer?(how: ServerEnd, options: CallOptions): Promise<RestartAnswer>;
  readonly host: Host;
  /** Ends what the program left open: sockets, host directories, scratch files. Never throws; a second call does nothing more. */
  dispose(): Promise<void>;
}
