import { readFileSync } from 'node:fs';
import { verbs } from '../commands/index.ts';
import type { Expect } from '../model/expect.ts';
import type { Reason } from '../model/reasons.ts';
import { surfaceOf } from '../model/refers.ts';
import type { Failure } from '../program/failure.ts';
import { oracles } from '../program/oracles.ts';
import type { Step } from '../program/step.ts';
import { classOfObservation } from '../verdict/observation-class.ts';

type Numbers = readonly string[];

/** The rule behind a refusal that was due, where it is not that of the operation. */
export const sectionOfReason: Partial<Record<Reason, string>> = {
  'unknown-box': '0',
  'unknown-execution': '5.2',
  'name-taken': '0',
  'still-running': '2.6',
  'guard-ran': '3.2',
  'guard-fresh': '3.2',
  'exec-missing': '4.5',
  'exec-directory': '4.5',
  'exec-workdir': '4.5',
  'main-workdir': '2.2',
  'main-user': '12.1',
  'cpus-range': '12.2',
  'cpus-no-number': '12.2',
  'capability-malformed': '12.3',
  'deadline-without-server': '12.4',
  'deadline-order': '12.4',
  'resume-off': '12.4',
  'exec-user': '12.1',
  'exec-user-unsupported': '12.1',
  'slot-taken': '5.4',
  'ports-not-by-url': '14.3',
  'port-empty': '14.3',
  'port-word': '14.3',
  'port-zero': '14.3',
  'port-large': '14.3',
  'port-udp': '14.3',
  'port-protocol': '14.3',
  'ports-without-network': '14.3',
  'port-taken': '14.3',
  'mount-source-missing': '6.1',
  'mount-malformed': '6.1',
  'mount-managed': '6.2',
  'mount-by-client': '6.2',
  'mount-by-server': '6.2',
  'copy-on-mount': '2.8',
};

/** What a command was to show about its box. */
export const sectionOfWork: Partial<Record<string, string>> = {
  mounts: '6.3',
  environ: '12.1',
  pwd: '12.1',
  id: '12.1',
  machine: '12.2',
  caps: '12.3',
  write: '6.3',
  read: '8.11',
  runs: '3.2',
};

/** More would not be read. */
const MOST = 2;

/** The promises a failure breaks, as docs/contract.md has them, the most telling first. */
export function promisesOf(failure: Failure): ContractSection[] {
  const numbers =
    failure.kind === 'oracle' ? ofOracle(failure) : [...ofAnswer(failure), ...ofStep(failure.step)];
  return [...new Set(numbers)]
    .slice(0, MOST)
    .map((number) => contractSections().get(number) as ContractSection);
}

function ofStep(step: Step): Numbers {
  const { cli, rest } = verbs[step.op].contract;
  return surfaceOf(step) === 'rest' ? (rest ?? cli) : cli;
}

const ofBroken = (how: string): Numbers => (how === 'untyped' || how === 'malformed' ? ['8.2'] : ['8.1']);

const ofOracle = ({ seen, oracle }: Extract<Failure, { kind: 'oracle' }>): Numbers => [
  ...(seen?.is === 'broken' ? ofBroken(seen.how) : []),
  ...oracles[oracle].sections,
];

function ofAnswer(failure: Exclude<Failure, { kind: 'oracle' }>): Numbers {
  if (failure.kind === 'stale-mark') return [];
  const { allowed, seen, step } = failure;
  if (seen.is === 'broken') return [...ofBroken(seen.how), ...ofReasons(allowed)];
  const said = classOfObservation(allowed, seen);
  const work = 'work' in step ? step.work : 'main' in step ? step.main : undefined;
  const shown = work && sectionOfWork[work.do];
  return [
    ...ofReasons(allowed),
    ...(said.includes(' code=') && surfaceOf(step) !== 'rest' ? ['1.1'] : []),
    ...(shown ? [shown] : / (?:out|err)=/u.test(said) ? ['8.9'] : []),
  ];
}

const ofReasons = (allowed: readonly { expect: Expect }[]): string[] =>
  allowed.flatMap(({ expect }) => reasonsOf(expect)).flatMap((reason) => sectionOfReason[reason] ?? []);

/** Every refusal that an allowed answer asks for. */
function reasonsOf(expect: Expect): Reason[] {
  if (expect.is === 'refused') return [expect.reason];
  if (expect.is === 'batch') return expect.each.flatMap(({ reason }) => reason ?? []);
  return [];
}

/** A section of docs/contract.md. */
interface ContractSection {
  /** As it is cited: `5.4`, `0`. */
  readonly number: string;
  readonly title: string;
  /** What BoxLite promises, in one sentence that is understood without the page. */
  readonly promise: string;
  /** Where the promise is public, or what it was inferred from. */
  readonly source: string;
}

const HEADING = /^#{2,3} (\d+(?:\.\d+)?) (.+)$/u;
const SOURCE = 'Source: ';

/**
 * Reads the sections of the contract: a numbered heading, a paragraph with the promise, a paragraph with its source.
 * @throws Error that names a section which lacks either, or stands there twice.
 */
export function parseContract(text: string): ReadonlyMap<string, ContractSection> {
  const sections = new Map<string, ContractSection>();
  for (const part of text.split(/^(?=#{2,3} )/mu)) {
    const [heading = '', promise = '', source = ''] = part.trim().split(/\n\n/u);
    const [, number, title] = HEADING.exec(heading) ?? [];
    if (!number || !title) continue;
    if (sections.has(number)) throw new Error(`contract ${number} is there twice`);
    if (promise === '' || !source.startsWith(SOURCE))
      throw new Error(`contract ${number} must begin with a promise and a "${SOURCE.trim()}" paragraph`);
    sections.set(number, { number, title, promise, source: source.slice(SOURCE.length) });
  }
  return sections;
}

let read: ReadonlyMap<string, ContractSection> | undefined;

/** All sections of docs/contract.md by number; the file is read once. */
export function contractSections(): ReadonlyMap<string, ContractSection> {
  read ??= parseContract(readFileSync(new URL('../docs/contract.md', import.meta.url), 'utf8'));
  return read;
}
