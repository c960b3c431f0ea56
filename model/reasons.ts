import {
  directoryTexts,
  down,
  executionFailed,
  invalidArgument,
  invalidState,
  notFound,
  portRange,
  type Refusal,
  saying,
  spawnTexts,
  stopped,
  typed4xx,
  typedKinds,
} from './refusal.ts';

/** Why the contract refuses a step; one word for all surfaces. */
export type Reason = keyof typeof refusals;

/**
 * How each reason is told on the CLI and over REST (contract 2, 4.3, 4.5, 5), the same in all versions: one that tells it
 * otherwise has a reason of its own, which the predictor takes by the profile.
 */
export const refusals = {
  /** A terminal is asked for, and stdin is none (contract 2.2). */
  'no-terminal': { cli: { exit: 1, all: ['not a tty'] } },
  usage: { cli: { exit: 2, any: ['usage', 'required'] } },
  'unknown-box': {
    cli: { exit: 1, any: ['no such box', 'not found'] },
    rest: { answers: notFound },
    // A look-up that finds none is no exception.
    sdk: { kinds: ['NotFound', 'Absent'], local: ['Stopped'] },
  },
  /** A handle of a run that is over (contract 15.5). */
  spent: { sdk: { kinds: ['Stopped'], any: ['handle invalidated after stop()', 'this handle is spent'] } },
  /** What goes when it stops cannot outlive who made it (contract 15.5). */
  'detach-removed': {
    sdk: { kinds: ['InvalidArgument'], any: ['remove-on-stop is incompatible with detach=true'] },
  },
  /** A verb of the local home alone, which is told before anything is looked for (contract 1.2). */
  'not-by-url': { cli: { exit: 2, all: ['--url is not valid'] } },
  'unknown-execution': {
    rest: { answers: notFound },
    sdk: { kinds: ['NotFound', 'SessionReaped', 'Absent'] },
  },
  /** Each stream of an execution is had once (contract 15.2). */
  'stream-taken': { sdk: { kinds: ['StreamTaken'] } },
  'name-taken': {
    cli: { exit: 1, all: ['already exists'] },
    rest: { answers: invalidArgument, any: ['already exists'] },
  },
  'ports-not-by-url': { cli: { exit: 1, any: ['unsupported', 'supported only by', 'only supported by'] } },
  'port-empty': { cli: { exit: 1, any: ['empty port spec'] } },
  'port-word': { cli: { exit: 1, any: ['invalid port number'] } },
  'port-zero': { cli: { exit: 1, any: portRange } },
  'port-large': { cli: { exit: 1, any: portRange } },
  'port-udp': { cli: { exit: 1, any: ['udp port forwarding is not implemented'] } },
  'port-protocol': { cli: { exit: 1, any: ['invalid protocol'] } },
  'ports-without-network': { cli: { exit: 1, any: ['ports require network.outbound.mode'] } },
  /** Somebody else has the port of the machine (contract 14.3). */
  'port-taken': { cli: { exit: 1, any: ['address already in use', 'already running'] } },
  'create-flaw': { rest: { answers: [...invalidArgument, [422, 'invalid_argument']] } },
  'create-no-json': { rest: { answers: invalidArgument } },
  'create-another-type': {
    rest: {
      answers: [
        [415, 'unsupported_media_type'],
        [415, 'unsupported'],
        [415, 'invalid_argument'],
      ],
    },
  },
  'create-two-images': { rest: { answers: invalidArgument } },
  'still-running': {
    cli: { exit: 1, all: ['cannot remove box', 'use force=true to stop first'] },
    rest: { answers: invalidState },
  },
  'guard-ran': {
    cli: {
      exit: 1,
      all: ['cannot', 'it is stopped', 'its main command has already run', 'start the box explicitly'],
    },
    rest: { answers: invalidState },
  },
  'guard-fresh': {
    cli: {
      exit: 1,
      all: ['cannot', 'starting the box would run its main command', 'start the box explicitly'],
    },
    rest: { answers: invalidState },
  },
  /** The run ended under the operation (contract 1.1, 7.1, 7.2): the guard's refusal, or a result that got lost. */
  'box-ended': {
    cli: { exit: 1, any: ['it is stopped', 'stopped: ', 'no longer running', 'did not complete normally'] },
    rest: { answers: stopped },
  },
  /** What is asked of a box that is not up, for which it is not booted (contract 2.8). */
  'at-rest': {
    cli: { exit: 1, any: ['it is configured', 'it is stopped'] },
    rest: { answers: down },
  },
  'failed-box': { cli: { exit: 1, all: ['it is failed'] }, rest: { answers: invalidState } },
  'main-missing': { cli: { exit: 1, any: spawnTexts }, rest: { answers: invalidArgument } },
  'main-directory': { cli: { exit: 1, any: directoryTexts }, rest: { answers: typed4xx } },
  'exec-missing': { cli: { exit: 1, any: spawnTexts }, rest: { answers: executionFailed } },
  'exec-directory': { cli: { exit: 1, any: directoryTexts }, rest: { answers: executionFailed } },
  'exec-workdir': { cli: { exit: 1, any: spawnTexts }, rest: { answers: executionFailed } },
  /** As a whole it is refused; at least the text of the container runtime is told (contract 2.2). */
  'main-workdir': { cli: { exit: 1, all: ['failed to create container'] }, rest: { answers: typed4xx } },
  'main-user': { cli: { exit: 1 }, rest: { answers: [...typed4xx, [422, 'invalid_argument']] } },
  'cpus-range': { cli: { exit: 1, all: ['between 1 and 16'] }, rest: { answers: invalidArgument } },
  'cpus-no-number': { cli: { exit: 2 } },
  'capability-malformed': saying('malformed linux capability', invalidArgument),
  'network-rule': saying('invalid allow_net rule', invalidArgument),
  'network-off-with-rules': saying('is incompatible with allow_net', invalidArgument),
  /** The policy of a box that does not run (contract 12.5). */
  'network-at-rest': saying('outbound policy updates require a running box', invalidState),
  'network-off': saying('box networking is disabled', [[400, 'unsupported']]),
  'network-inbound': { cli: { exit: 1 }, rest: { answers: [[400, 'unsupported']] } },
  'deadline-without-server': { cli: { exit: 1, all: ['needs a server'] } },
  'deadline-order': saying('auto_delete must be greater than auto_stop', invalidArgument),
  'resume-off': saying('has autoresume disabled', [[409, 'conflict']]),
  'exec-user': { cli: { exit: 1 }, rest: { answers: invalidArgument } },
  'exec-user-unsupported': { cli: { exit: 1, any: ['user'] }, rest: { answers: typed4xx } },
  'slot-taken': {
    rest: { answers: invalidState, any: ['already has an attached client'] },
    sdk: { kinds: ['AlreadyExists'], any: ['already has an attached client'] },
  },
  /** Told before the box or the execution is looked for (contract 5.2). */
  'attach-stdin': { rest: { answers: invalidArgument, any: ['stdin must be one of'] } },
  'attach-not-running': { rest: { answers: invalidState, any: ['cannot attach to box'] } },
  'execution-over': { rest: { answers: typed4xx } },
  'bad-signal': { rest: { answers: invalidArgument, any: ['not allowed'] } },
  /** The execution has no terminal either, for which any typed 4xx will do (contract 5.1). */
  'bad-size': {
    rest: { answers: [...typed4xx, [422, 'invalid_argument']] },
    sdk: { kinds: [...typedKinds, 'Language'] },
  },
  /** Two mistakes in one request: either may be told. */
  'bad-signal-or-unknown': { rest: { answers: [...invalidArgument, ...notFound] } },
  'bad-size-or-unknown': {
    rest: { answers: [...invalidArgument, ...notFound, [422, 'invalid_argument']] },
    sdk: { kinds: ['InvalidArgument', 'NotFound', 'Language'] },
  },
  /** A box without a disk has nothing to copy (contract 11.2). */
  'no-disk': { rest: { answers: stopped } },
  'copy-of-running': { rest: { answers: down } },
  'copy-name-taken': {
    rest: {
      answers: [...invalidArgument, ...invalidState, [409, 'already_exists']],
      any: ['already exists'],
    },
  },
  'snapshot-name': {
    rest: {
      answers: invalidArgument,
      any: [
        'cannot be empty',
        'too long',
        'is not allowed',
        "cannot start with '.'",
        'contains invalid characters',
      ],
    },
  },
  'snapshot-taken': { rest: { answers: [[409, 'already_exists']], any: ['already exists'] } },
  'unknown-snapshot': { rest: { answers: notFound, any: ['snapshot'] } },
  'restore-of-running': {
    rest: { answers: down, any: ['cannot restore snapshot while box is running'] },
  },
  'snapshot-in-use': {
    rest: {
      answers: invalidState,
      any: ['depends on this snapshot', 'depends on it via backing chain', 'clone base disk'],
    },
  },
  'has-clones': saying('have clone dependencies', down),
  'bad-archive': { rest: { answers: [...typed4xx, [413, 'payload_too_large'], [422, 'invalid_argument']] } },
  'archive-untrusted': {
    rest: {
      answers: [[400, 'unsupported']],
      any: ['cannot be requested by an archive uploaded through a rest server'],
    },
  },
  'mount-source-missing': { cli: { exit: 1, any: ['does not exist', 'no such file'] } },
  'mount-managed': { cli: { exit: 1, any: ['only supported by rest runtimes', 'not supported yet'] } },
  'mount-malformed': {
    cli: { exit: 1, any: ['absolute', 'invalid volume spec', 'empty volume spec', 'must be non-empty'] },
  },
  /** The path may be missing as well: either may be told. */
  'mount-by-client': {
    cli: {
      exit: 1,
      any: ['only supported by the local runtime', 'unsupported', 'does not exist', 'no such file'],
    },
  },
  'mount-by-server': {
    cli: { exit: 1, any: ['volumes are not supported', 'unsupported'] },
    rest: { answers: [[400, 'unsupported'], ...invalidArgument] },
  },
  'copy-source-missing': {
    cli: { exit: 1, any: ['does not exist', 'not found', 'no such file'] },
    rest: { answers: notFound },
  },
  'copy-on-mount': { cli: { exit: 1, all: ['unsupported'] }, rest: { answers: [[400, 'unsupported']] } },
  'copy-dotdot': { cli: { exit: 1, all: ['must not contain'] }, rest: { answers: invalidArgument } },
  'copy-empty': { cli: { exit: 1, all: ['path cannot be empty'] }, rest: { answers: invalidArgument } },
} as const satisfies Record<string, Refusal>;
