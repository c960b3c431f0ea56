const JSON_TYPE = 'application/json';

/**
 * What a body of POST boxes may not be (contract 4.4): keys that are added to a good one, or another text, of another
 * type.
 */
export const invalidBodies = {
  'unknown-key': { keys: { colour: 'red' } },
  'wrong-type': { keys: { cpus: 'two' } },
  'two-images': { keys: { image: 'alpine:latest', rootfs_path: '/no/such/rootfs' } },
  'name-is-a-number': { keys: { name: 5 } },
  'command-is-a-text': { keys: { cmd: 'sh' } },
  'environment-is-a-list': { keys: { env: ['A=1'] } },
  'flag-is-a-text': { keys: { detach: 'yes' } },
  'memory-is-negative': { keys: { memory_mib: -1 } },
  'deadline-is-negative': { keys: { auto_stop: -1 } },
  'network-without-mode': { keys: { network: { outbound: {} } } },
  'network-unknown-mode': { keys: { network: { outbound: { mode: 'open' } } } },
  'network-unknown-key': { keys: { network: { outbound: { mode: 'enabled', colour: 'red' } } } },
  'network-inbound-rules': { keys: { network: { inbound: { mode: 'enabled', allow_net: ['10.0.0.1'] } } } },
  'network-two-forms': { keys: { network: { mode: 'enabled', outbound: { mode: 'enabled' } } } },
  'no-json': { data: '{"image":', type: JSON_TYPE },
  'no-object': { data: '[null]', type: JSON_TYPE },
  'no-body': { data: '', type: JSON_TYPE },
  'another-type': { data: '{}', type: 'text/plain' },
} as const;

/** An InvalidBody names one of them. */
export type InvalidBody = keyof typeof invalidBodies;
