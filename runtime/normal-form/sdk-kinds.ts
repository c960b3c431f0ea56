import type { SdkAnswer } from '../ports/session.ts';

/** Kinds that are a fault of the server's, whatever a client does (contract 15.3). */
const faults: ReadonlySet<string> = new Set([
  ...['Internal', 'Storage', 'Database', 'Metadata', 'Network', 'UpstreamUnavailable', 'Engine', 'Config'],
]);

/** Whether a kind is one of these. */
export const isFault = (kind: string): boolean => faults.has(kind);

/** What the messages of each kind begin with (contract 4.5), for SDKs that have no exceptions of their own. */
const prefixes: readonly (readonly [prefix: string, kind: string])[] = [
  ['invalid argument: ', 'InvalidArgument'],
  ['unsupported: ', 'Unsupported'],
  ['not found: ', 'NotFound'],
  ['box not found: ', 'NotFound'],
  ['execution not found: ', 'NotFound'],
  ['invalid state: ', 'InvalidState'],
  ['stopped: ', 'Stopped'],
  ['already exists: ', 'AlreadyExists'],
  ['session reaped: ', 'SessionReaped'],
  ['resource exhausted: ', 'ResourceExhausted'],
  ['images error: ', 'Image'],
  ['Execution error: ', 'Execution'],
  ['storage error: ', 'Storage'],
  ['database error: ', 'Database'],
  ['metadata error: ', 'Metadata'],
  ['configuration error: ', 'Config'],
  ['internal error: ', 'Internal'],
  ['network error: ', 'Network'],
  ['portal error: ', 'UpstreamUnavailable'],
  ['gRPC/tonic error: ', 'UpstreamUnavailable'],
  ['gRPC transport error: ', 'UpstreamUnavailable'],
  ['engine reported an error: ', 'Engine'],
];

/** Errors that a language raises itself for arguments that are none. */
const ofLanguage: ReadonlySet<string> = new Set(['TypeError', 'OverflowError', 'ValueError', 'RangeError']);

const typed = new Set(prefixes.map(([, kind]) => kind));

/** The kind of an exception; null where it is none of BoxLite's. */
export function kindOf({ kind, message }: NonNullable<SdkAnswer['error']>): string | null {
  if (kind === 'PanicException' || message.includes('panicked at')) return 'Panic';
  if (kind === 'Absent') return 'Absent';
  if (ofLanguage.has(kind)) return 'Language';
  if (/^(stdin|stdout|stderr) stream not available/.test(message)) return 'StreamTaken';
  const named = kind.replace(/Error$/, '');
  if (typed.has(named)) return named;
  return prefixes.find(([prefix]) => message.startsWith(prefix))?.[1] ?? null;
}
