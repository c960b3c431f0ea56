/** One call of the command line program; `env` is the whole environment, without `stdin` it reads end-of-file. */
export interface ToResident {
  readonly say: 'call';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array | null;
}

/** What a resident process tells: that it can be called, what the call writes, and its exit code at the end. */
export type FromResident =
  | { readonly say: 'ready' }
  | { readonly say: 'wrote'; readonly stream: 'out' | 'err'; readonly bytes: Uint8Array }
  | { readonly say: 'ended'; readonly exit: number };
