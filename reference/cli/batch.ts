import { isFault, messageOf } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { own } from './own.ts';

/** A target that could not be handled. */
export interface Failed {
  typed: string;
  /** It is not known. */
  unknown: boolean;
  text: string;
}

/**
 * Handles each target on its own and prints those that went well (contract 2.5, 2.6).
 * @param tell gives the line on stderr for one that did not.
 */
export async function eachTarget(
  targets: readonly string[],
  act: (typed: string) => Promise<void>,
  tell: (failed: Failed) => string,
): Promise<Failed[]> {
  const failures: Failed[] = [];
  for (const typed of targets) {
    if (failures.length > 0 && defect('rm-batch-stops-early')) break;
    try {
      await act(typed);
      own().stdout.write(`${typed}\n`);
    } catch (error) {
      const failed = { typed, unknown: isFault(error, 'not-found'), text: messageOf(error) };
      own().stderr.write(`${tell(failed)}\n`);
      failures.push(failed);
    }
  }
  return failures;
}
