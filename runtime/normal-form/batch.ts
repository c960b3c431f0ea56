/**
 * Says which targets of a batch were done: each success prints the target as typed and a newline (contract 2.5,
 * 2.6), in the order given. `rest` is what is printed beyond that. A target typed twice and printed once is taken
 * to have succeeded the first time.
 */
export function printedTargets(out: string, targets: readonly string[]): { ok: boolean[]; rest: string } {
  let rest = out;
  const ok = targets.map((text) => {
    const line = `${text}\n`;
    if (!rest.startsWith(line)) return false;
    rest = rest.slice(line.length);
    return true;
  });
  return { ok, rest };
}
