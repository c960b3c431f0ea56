import * as fc from 'fast-check';
import { type NetRule, netRules } from '../domain/network.ts';
import { type Capability, capabilities, directories, type User, users } from '../domain/options.ts';
import type { Port } from '../domain/port.ts';
import { isSdk, type Surface } from '../domain/surface.ts';
import type { Variable } from '../domain/variables.ts';

/** What a shell, a line, a table or a fixed buffer might do harm to; few names, so that one comes again. */
const variables: Variable[] = [
  { key: 'BC_A', value: 'a' },
  { key: 'BC_A', value: '' },
  { key: 'BC_A', value: 'b=c ' },
  { key: 'BC_B', value: '' },
  { key: 'BC_B', value: ' two  words "q" \'q\' $HOME `x` \\n %s ' },
  { key: 'BC_B', value: 'two\nlines\n' },
  { key: 'BC_B', value: 'b' },
  { key: 'BC_grüße', value: '漢字 🙂' },
  { key: 'BC_a.b-c', value: 'no name for a shell' },
  { key: 'BC_L', fill: 'x', times: 7 },
  { key: 'BC_L', fill: 'ü', times: 40 },
  { many: 3 },
  { many: 10 },
];

/** So many, or so long, that a box may well not come up with them: that ends what else there is to see of it. */
const large: Variable[] = [
  ...[5_000, 32_768].map((times) => ({ key: 'BC_L', fill: 'x', times })),
  { key: 'BC_L', fill: 'ü', times: 400 },
  ...[24, 31, 200].map((many) => ({ many })),
];

const small = fc.subarray(variables, { minLength: 1, maxLength: 6 });

const env = fc.oneof(
  { weight: 3, arbitrary: small },
  { weight: 1, arbitrary: fc.subarray([...variables, ...large], { minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant([variables[0] as Variable, { key: 'BC_A', value: 'last' }]) },
);

/**
 * A process that cannot be started with so many takes no box with it: half of the time large ones come beside, each
 * once, for all together have a limit.
 */
const processEnv = fc.oneof(
  env,
  fc.tuple(small, fc.subarray(large, { minLength: 2, maxLength: 4 })).map((parts) => parts.flat()),
);

const known = (Object.keys(users) as User[]).filter((user) => users[user] !== null);

/** Users that no image knows: a process for one is refused. */
export const unknownUsers = (Object.keys(users) as User[]).filter((user) => users[user] === null);

const named = (Object.keys(capabilities) as Capability[]).filter((name) => capabilities[name] !== null);

const goodRules = (Object.keys(netRules) as NetRule[]).filter((rule) => netRules[rule]);

const networkModes = fc.constantFrom('disabled' as const, 'disabled' as const, 'enabled' as const);

/** The port of a box that its services mostly have: few, so that one is served and published. */
export const SERVED = 7_000;

/** Ports worth asking for. */
const somePorts: Port[][] = [
  [{ host: 1, box: SERVED }],
  [{ host: 1, box: SERVED }],
  [{ host: 2, box: SERVED, tcp: true }],
  [
    { host: 1, box: SERVED },
    { host: 2, box: 65_535 },
  ],
  [{ box: SERVED }, ...[7, 80, 443].map((box) => ({ box }))],
];

/** Options of a box that change nothing about whether a process is started. */
export const ofBox = {
  env,
  workdir: fc.constantFrom(...directories),
  user: fc.constantFrom(...known),
  entrypoint: fc.constantFrom('all' as const, 'all' as const, 'one' as const, 'empty' as const),
  emptyCmd: fc.constant(true),
  cpus: fc.constantFrom(2, 3, 4),
  memoryMib: fc.constantFrom(512, 768, 1_536),
  diskGb: fc.constantFrom(20, 20, 33, 33, 0, 1),
  capAdd: fc.subarray(named, { minLength: 1, maxLength: 2 }),
  capDrop: fc.subarray(named, { minLength: 1, maxLength: 2 }),
  outbound: networkModes,
  allowNet: fc.subarray(goodRules, { maxLength: 2 }),
  inbound: networkModes,
  ports: fc.constantFrom<Port[]>(...somePorts),
  autoStopS: fc.constantFrom(3_600, 86_400, 0),
  autoDeleteS: fc.constantFrom(0, 90_000),
  autoResume: fc.constantFrom(false, false, true),
};

/** Those of a process that is put into a box; no SDK is asked for its user. */
export const ofProcess = (via: Surface): Partial<Record<Name, fc.Arbitrary<unknown>>> => ({
  env: processEnv,
  workdir: ofBox.workdir,
  ...(isSdk(via) ? {} : { user: ofBox.user }),
});

/** An option that can be drawn. */
export type Name = keyof typeof ofBox;
