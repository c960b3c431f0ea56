/**
 * Mistakes a guest or its hypervisor can be told to make, so that an oracle can be measured. Each is what a user
 * would see. None is on unless asked for.
 */
export const guestDefects = [
  'args-split',
  'backlog-doubled',
  'backlog-lost',
  'boot-id-kept',
  'cwd-ignored',
  'detached-dies-with-connection',
  'disk-not-persisted',
  'double-boot',
  'env-lost',
  'env-trimmed',
  'exit-code-zeroed',
  'exit-late',
  'exit-not-recorded',
  'exit-recorded-zero',
  'fast-stdout-lost',
  'init-mortal',
  'mount-nested-lost',
  'mount-wrong-path',
  'mounts-lost-on-second-boot',
  'orphan-survives-connection',
  'output-corrupted',
  'output-duplicated',
  'output-mixed',
  'output-truncated',
  'ro-not-enforced',
  'signal-code-positive',
  'signal-dropped',
  'stdin-eof-lost',
  'stdin-truncated',
  'stop-without-term',
  'streams-swapped',
  'sync-lost',
  'tmp-persisted',
  'vm-process-left',
  'vm-stays-on',
] as const;

export type GuestDefect = (typeof guestDefects)[number];

/** Asked at the site of a defect, every time anew: whether the mistake is to be made now. */
export type Hooks = (name: GuestDefect) => boolean;

/** A guest as it should be. */
export const noDefects: Hooks = () => false;

/**
 * Reads `name,name=0.3`; a number is the chance each time, drawn from a generator with the given seed.
 * @throws Error naming the item and what would be right.
 */
export function parseHooks(text: string, seed = 1): Hooks {
  const chances = new Map<string, number>();
  for (const item of text.split(',').filter((each) => each.trim() !== '')) {
    const [name = '', chance = '1'] = item.trim().split('=');
    if (!(guestDefects as readonly string[]).includes(name)) {
      throw new Error(
        `BOXLITE_REF_GUEST_DEFECTS: no defect is called "${name}"; there are: ${guestDefects.join(', ')}`,
      );
    }
    const number = Number(chance);
    if (!(number >= 0 && number <= 1))
      throw new Error(`BOXLITE_REF_GUEST_DEFECTS: "${item}": the chance must be from 0 to 1`);
    chances.set(name, number);
  }
  const random = generator(seed);
  return (name) => {
    const chance = chances.get(name);
    return chance !== undefined && (chance >= 1 || random() < chance);
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
