const plain: ReadonlySet<string> = new Set(['nameless', 'never-made', 'removed', 'other-home', 'any']);

/**
 * The coarse form of a situation: the status of the box that it is about, through an execution or attach if need
 * be; `new` where one is created.
 */
export function stateOf(situation: string): string {
  if (plain.has(situation)) return situation;
  const at = situation.lastIndexOf('@');
  if (at >= 0) return situation.slice(at + 1);
  const slash = situation.lastIndexOf('/');
  if (slash >= 0) return situation.slice(slash + 1).replace(/\+.*$/u, '');
  return situation.endsWith('+taken-name') ? 'new+taken-name' : 'new';
}
