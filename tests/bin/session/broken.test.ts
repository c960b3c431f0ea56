import { expect, test } from 'vitest';
import { kindOf } from '../../../bin/session/broken.ts';

test.each([
  ['box did not boot', 'Error: engine reported an error: The VM failed to start.'],
  ['connection to a box lost', 'Attach failed: status: Unknown, message: "transport error"'],
  ['kernel wedged', "the lab's kernel is wedged: [9.1] watchdog: BUG: soft lockup - CPU#0 stuck for 11s!"],
  ['no sign of life', 'the lab is lost: no sign of life of its CPU 1 for 12 s'],
  ['QEMU gone', 'the lab is lost: its QEMU process is gone'],
  ['ssh lost', "the lab cannot be reached for 'true': Connection timed out during banner exchange"],
  ['ssh lost', 'ssh lost the lab during a command (exit 255): '],
  ['server does not answer', 'boxlite serve does not answer in the lab, 30 s after it should'],
  ['short of room', 'the disk is full: 3 MiB left, 64 wanted'],
  ['other', 'something nobody has seen yet'],
])('trouble of a machine is of the kind %s: %s', (kind, why) => expect(kindOf(why)).toBe(kind));
