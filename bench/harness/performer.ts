/** Makes trials one after the other, with whatever it keeps open between them. */
export interface Performer<Trial = unknown, Result = unknown> {
  perform(trial: Trial, signal: AbortSignal): Promise<Result>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

/** What the module of a performer exports as `openPerformer`. Settings, trials and results are plain data. */
export type OpenPerformer<Settings = unknown, Trial = unknown, Result = unknown> = (
  settings: Settings,
  log: (line: string) => void,
) => Performer<Trial, Result>;

/** A performer that keeps nothing open: a function of the trial. */
export const performs =
  <Trial, Result>(perform: (trial: Trial, signal: AbortSignal) => Promise<Result>) =>
  (): Performer<Trial, Result> => ({ perform, close: async () => {} });

/** From the measuring process to a worker. */
export type ToWorker =
  | { readonly say: 'settings'; readonly settings: unknown }
  | { readonly say: 'trial'; readonly trial: unknown }
  | { readonly say: 'stop' };

/** From a worker to the measuring process. */
export type FromWorker =
  | { readonly say: 'log'; readonly line: string }
  | { readonly say: 'result'; readonly result: unknown }
  | { readonly say: 'broke'; readonly why: string };
