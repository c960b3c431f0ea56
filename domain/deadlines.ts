/** How long one attempt of each kind may take, milliseconds (contract 7.11), on bare metal. */
export const deadlines = {
  bootMs: 60_000,
  stopMs: 15_000,
  removeMs: 20_000,
  /** Processes and files of a removed box are gone. */
  goneMs: 5_000,
  readMs: 5_000,
  /** A command of ours that ends by itself; the slowest writes some hundred KiB. */
  commandMs: 15_000,
  /** An attached client's end after its cause. */
  endMs: 30_000,
  /** The status word catches up with the end of the main command (contract 7.1). */
  settleMs: 3_000,
  /** Output that was written arrives at an attached client. */
  arriveMs: 10_000,
  /** A server opens its home and says that it listens. The contract gives no time; this is what a boot may take. */
  serveMs: 60_000,
  /** A snapshot, clone, restore; an archive of at most 1 GiB (contract 11.5). */
  copyMs: 10_000,
  exportMs: 60_000,
  /** A slot whose client vanished is free again (contract 7.9). */
  slotMs: 35_000,
} as const;
