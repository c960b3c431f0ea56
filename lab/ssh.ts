import { join } from 'node:path';
import { quote } from '../domain/quote.ts';
import type { LabPaths } from './paths.ts';

/** An SshPlace says where ssh finds a running lab. */
export interface SshPlace {
  port: number;
  /** Private key of the lab. */
  key: string;
  knownHosts: string;
  /** Socket of the connection all commands share. */
  control: string;
}

/** Name under which the guest's key is known, whatever its port is this time. */
const HOST_ALIAS = 'boxcheck-lab';

/** Gives ssh's files below the lab's control directory and its keys. */
export const sshPlace = (port: number, paths: Pick<LabPaths, 'keys' | 'control'>): SshPlace => ({
  port,
  key: join(paths.keys, 'client'),
  knownHosts: join(paths.control, 'known_hosts'),
  control: join(paths.control, 's'),
});

/** Gives the line of a known_hosts file for the guest's public key. */
export const knownHostsLine = (publicKey: string) =>
  `${HOST_ALIAS} ${publicKey.split(' ').slice(0, 2).join(' ')}\n`;

const common = (place: SshPlace) => [
  ...['-F', 'none', '-S', place.control, '-i', place.key, '-p', `${place.port}`],
  ...option({
    BatchMode: 'yes',
    IdentitiesOnly: 'yes',
    HostKeyAlias: HOST_ALIAS,
    UserKnownHostsFile: place.knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    LogLevel: 'ERROR',
    ConnectTimeout: '10',
  }),
];

const option = (options: Record<string, string>) =>
  Object.entries(options).flatMap(([k, v]) => ['-o', `${k}=${v}`]);

const TARGET = 'root@127.0.0.1';

/** Opens the shared connection and goes to the background. It ends by itself when the guest stops answering. */
export const masterArgv = (place: SshPlace) => [
  'ssh',
  ...common(place),
  ...option({
    ControlMaster: 'yes',
    ControlPersist: 'yes',
    ServerAliveInterval: '15',
    ServerAliveCountMax: '8',
  }),
  ...['-f', '-N', TARGET],
];

/** Asks the shared connection something: `check` or `exit`. */
export const controlArgv = (place: SshPlace, what: 'check' | 'exit') => [
  ...['ssh', ...common(place)],
  ...['-O', what, TARGET],
];

/** Writes words as a command line that a shell reads back unchanged. */
export const quoteAll = (words: readonly string[]) => words.map(quote).join(' ');

/** Runs a program in the guest over the shared connection, or over one of its own if that is gone. */
export const commandArgv = (place: SshPlace, argv: readonly string[]) => [
  'ssh',
  ...common(place),
  ...option({ ControlMaster: 'no' }),
  ...['-T', TARGET, '--', quoteAll(argv)],
];
