/** How a refusal looks: on the CLI (with and without --url) and over REST. */
export interface Refusal {
  /** stderr must hold all of `all` and, where given, one of `any`; case does not count (contract 1.1). */
  readonly cli?: { readonly exit: 1 | 2; readonly all?: readonly string[]; readonly any?: readonly string[] };
  /** One of these pairs of status and code, message by substring (contract 4.5, 7.7). */
  readonly rest?: {
    readonly answers: readonly (readonly [status: number, code: string])[];
    readonly any?: readonly string[];
  };
  /** Kinds of exceptions of an SDK, where they are others than those of the REST answers' codes; `local`: more in local mode (contract 15.3). */
  readonly sdk?: {
    readonly kinds: readonly string[];
    readonly any?: readonly string[];
    readonly local?: readonly string[];
  };
}

export const spawnTexts = ['not found', 'no such file', 'executable', 'spawn_failed'];
/** What a directory in place of a binary adds (contract 2.2). */
export const directoryTexts = [
  ...spawnTexts,
  'is a directory',
  'permission denied',
  'not a regular file',
  'correct permissions',
];
export const invalidState = [[409, 'invalid_state']] as const;
export const invalidArgument = [[400, 'invalid_argument']] as const;
/** A number that is none of a port (contract 14.3). */
export const portRange = ['port must be 1-65535', 'invalid port number'];
export const notFound = [[404, 'not_found']] as const;
export const executionFailed = [[422, 'execution_failed']] as const;
/** A box that is down, or has just gone down. */
export const stopped = [
  [409, 'invalid_state'],
  [409, 'stopped'],
] as const;
/** What the state of a box does not allow, whatever the word. */
export const down = [...stopped, [409, 'conflict']] as const;

/** Where the contract asks for no more than "typed 4xx": every row of contract 4.5 that a client's mistake may get. */
export const typed4xx = [
  [400, 'invalid_argument'],
  [400, 'unsupported'],
  [404, 'not_found'],
  [409, 'invalid_state'],
  [409, 'stopped'],
  [409, 'conflict'],
  [410, 'session_reaped'],
  [422, 'execution_failed'],
] as const;

/** The same as an SDK raises them. */
export const typedKinds = [
  'InvalidArgument',
  'Unsupported',
  'NotFound',
  'InvalidState',
  'Stopped',
  'Execution',
];

/** A refusal in the same words on either side. */
export const saying = <const Answers extends NonNullable<Refusal['rest']>['answers']>(
  text: string,
  answers: Answers,
) => ({ cli: { exit: 1, all: [text] }, rest: { answers, any: [text] } }) as const;
