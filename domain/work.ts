import { z } from 'zod';
import { anyText } from './any-text.ts';
import { fill, fillFields } from './fill.ts';
import { reachable } from './network.ts';
import { servedPort } from './port.ts';
import { laterSize, sizeFields } from './terminal.ts';
import { boxFile, text } from './text.ts';

/**
 * What a program asks a process in a box to do. A closed vocabulary instead of shell text: the model can
 * predict it, every target can run it, and a shrinker can make it simpler.
 */
const code = z.int().min(0).max(255);
const gate = z.string().regex(/^g[0-9]$/);

export const workSchema = z.discriminatedUnion('do', [
  /** Writes `out` and `err`, ends with `code`. */
  z.strictObject({ do: z.literal('print'), out: text, err: text, code }),
  /** Kills itself with a signal. */
  z.strictObject({ do: z.literal('die'), signal: z.literal([2, 9, 15]) }),
  /** Writes `bytes` bytes of a pattern, `lines` if none is said, to stdout, stderr or both at once; ends with `code`. */
  z.strictObject({
    do: z.literal('flood'),
    bytes: fillFields.size,
    pattern: fillFields.pattern.exclude(['lines']).optional(),
    to: z.enum(['err', 'both']).optional(),
    code,
  }),
  /** Writes all 256 byte values. */
  z.strictObject({ do: z.literal('blob') }),
  /** Serves a TCP port: sends everybody back what he sends, several at once. */
  z.strictObject({ do: z.literal('serve'), port: servedPort }),
  /** Copies stdin to stdout until end-of-file. */
  z.strictObject({ do: z.literal('cat') }),
  /**
   * Writes `out`, then stays; on TERM it ends with `onTerm`, or goes on, or has no handler when that is absent. `forks`:
   * a child that has its streams stays as well.
   */
  z.strictObject({
    do: z.literal('hold'),
    out: text,
    onTerm: z.union([code, z.literal('ignored')]).optional(),
    forks: z.literal(true).optional(),
  }),
  /** Writes `out` and ends with `code`; a child of it writes `after` a little later. */
  z.strictObject({ do: z.literal('fork'), out: text, after: text, code }),
  /** Ends with `code` and leaves a child behind, which has none of its streams. */
  z.strictObject({ do: z.literal('daemon'), code }),
  /** Writes `out`, waits until its gate is opened in the same box, writes `after`, ends with `code`. */
  z.strictObject({ do: z.literal('gate'), gate, out: text, after: text, code }),
  /** Waits until its terminal has this size, and writes it; then the same with the later one. */
  z.strictObject({ do: z.literal('terminal'), ...sizeFields, resized: laterSize }),
  /** Opens a gate. */
  z.strictObject({ do: z.literal('open'), gate }),
  /** Replaces a file and syncs. */
  z.strictObject({ do: z.literal('write'), path: boxFile, data: z.union([text, fill]) }),
  /** Writes a file to stdout; code 1 and nothing on stdout where there is none. */
  z.strictObject({ do: z.literal('read'), path: boxFile }),
  /** Writes the permissions of a file, as `ls -l` has them, and the ids of its owner and its group. */
  z.strictObject({ do: z.literal('mode'), path: boxFile }),
  /** Writes its own arguments, one a line. */
  z.strictObject({ do: z.literal('args'), args: z.array(anyText) }),
  /** Writes the value of an environment variable set for it. */
  z.strictObject({ do: z.literal('env'), value: text }),
  /** Writes the environment that it was given, as /proc/PID/environ has it. */
  z.strictObject({ do: z.literal('environ') }),
  /** Writes its working directory. */
  z.strictObject({ do: z.literal('pwd') }),
  /** Writes the ids of its user and group, a line each. */
  z.strictObject({ do: z.literal('id') }),
  /** Writes the number of processors, the memory and the size of the root disk in KiB, a line each. */
  z.strictObject({ do: z.literal('machine') }),
  /** Writes its effective capabilities, as /proc/PID/status has them. */
  z.strictObject({ do: z.literal('caps') }),
  /** Writes the name of its network interface; nothing where it has none. */
  z.strictObject({ do: z.literal('link') }),
  /**
   * Sends `token` to the listener on its host's loopback and writes what comes back, if anything does; `tcp-half-closed`
   * says that it has sent all before it reads.
   */
  z.strictObject({
    do: z.literal('reach'),
    to: z.literal(reachable),
    by: z.literal(['tcp', 'tcp-half-closed', 'udp']),
    token: z.string().regex(/^[a-z0-9]{1,32}$/),
  }),
  /** Writes what each of {@link selfParts} writes, a line of two dashes between any two. */
  z.strictObject({ do: z.literal('self') }),
  /** Writes /proc/mounts. */
  z.strictObject({ do: z.literal('mounts') }),
  /** Writes how often the main command of this box has been run (it counts itself on the disk). */
  z.strictObject({ do: z.literal('runs') }),
  /** A binary that does not exist. */
  z.strictObject({ do: z.literal('missing') }),
  /** A directory where a binary should be. */
  z.strictObject({ do: z.literal('directory') }),
]);

/** A Work is one workload. */
export type Work = z.infer<typeof workSchema>;

/** What `self` writes, in this order. What anybody may have put into an environment comes last. */
export const selfParts = ['pwd', 'id', 'machine', 'caps', 'link', 'environ'] as const;
