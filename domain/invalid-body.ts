/** What a body of POST boxes may not have, as keys that are added to it (contract 4.4). */
export const invalidBodies = {
  'unknown-key': { colour: 'red' },
  'wrong-type': { cpus: 'two' },
  'two-images': { image: 'alpine:latest', rootfs_path: '/no/such/rootfs' },
} as const;

/** An InvalidBody names one of them. */
export type InvalidBody = keyof typeof invalidBodies;
