import { type Data, expanded } from '../domain/fill.ts';
import type { Work } from '../domain/work.ts';
import type { Creating } from '../model/situation.ts';
import { type Call, cli } from './calls.ts';
import { createByRest, createWords, fed, startNew } from './create-calls.ts';
import { terminalFlags } from './terminals.ts';

/** A box whose command is followed to its end. */
type Foreground = Creating & {
  readonly main: Work;
  readonly stdin?: Data | undefined;
  readonly rm?: boolean | undefined;
};

/** Of the command line, which ends with the command. */
export const foregroundByCli = (step: Foreground, via: 'cli' | 'url'): Call => {
  const flags = [...(step.rm ? ['--rm'] : []), ...terminalFlags(step)];
  return cli(via, ['run', ...flags, ...createWords(step)], 'ended', {
    stdin: step.stdin && expanded(step.stdin),
    terminal: step.terminal,
  });
};

/** Attach first, then start: how output is had from its first byte (contract 5.5). */
export const foregroundByRest = (step: Foreground): Call[] => [
  createByRest(step, { detach: false }),
  { call: 'open', path: ['/boxes/', { $: 'told' }, '/attach'] },
  startNew('rest'),
  fed(step.stdin),
  { call: 'follow' },
];
