import { readFileSync } from 'node:fs';
import { z } from 'zod';

const processSchema = z.strictObject({
  pid: z.int().positive(),
  startTicks: z.int().min(0),
  what: z.string(),
});

/** What one suite process has on this machine. Written before anything is started. */
export const noteSchema = z.strictObject({
  format: z.literal(1),
  /** Pids and start times mean nothing after a reboot. */
  bootId: z.string(),
  target: z.string(),
  startedAt: z.string(),
  suite: processSchema,
  children: z.array(processSchema),
  /** Directories to remove; every process of the runtime mentions one of them. */
  dirs: z.array(z.string()),
});

export type Note = z.infer<typeof noteSchema>;

/** Gives the id of this boot of the machine. */
export const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
