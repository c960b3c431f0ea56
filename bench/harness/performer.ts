/** Makes trials one after the other, with whatever it keeps open between them. */
export interface Performer<Trial = unknown, Result = unknown> {
  perform(trial: Trial, signal: AbortSignal): Promise<Result>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

/** What the module of a performer exports as `openPerformer`. Settings, trials and results are plain data. */
export type OpenPerformer<Settings = unknown, Trial = unknown, Result = unknown> = (
  settings: Settings,
) => Performer<Trial, Result>;

/** A performer that keeps nothing open: a function of the trial. */
export const performs =
  <Trial, Result>(perform: (trial: Trial, signal: AbortSignal) => Promise<Result>) =>
  (): Performer<Trial, Result> => ({ perform, close: async () => {} });

/** From a worker to the measuring process: the result of the trial it was sent, or why there is none. */
export type FromWorker = { readonly result: unknown } | { readonly broke: string };
