/** What the console says when the guest's kernel is past help: everything seen on it afterwards is the lab's fault. */
const WEDGED = [
  /watchdog: BUG: soft lockup/,
  /rcu: INFO: rcu_\w+ (self-)?detected (expedited )?stall/,
  /Kernel panic - not syncing/,
  /BUG: unable to handle/,
  /Oops: /,
  /Out of memory: Killed process/,
  /blocked for more than \d+ seconds/,
];

/** Gives the first line of a console that says so; null: none. */
export function wedgedLine(consoleText: string): string | null {
  return (
    consoleText
      .split('\n')
      .find((line) => WEDGED.some((pattern) => pattern.test(line)))
      ?.trim() ?? null
  );
}

/** Printed by the guest when its services are about to start. */
export const BOOTED_LINE = 'boxcheck: booted';
