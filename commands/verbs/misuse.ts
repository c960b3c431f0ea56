import { z } from 'zod';
import { predictMisuse } from '../../model/predict/misuse.ts';
import { cli } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { keyOf } from '../fields.ts';
import { surfaces } from '../pick.ts';
import type { DrawContext, StepWith } from '../verb.ts';

/** Command lines that are wrong in themselves, by what is wrong with them. */
const misuses = {
  'unknown-flag': [
    'run',
    'create',
    'exec',
    'start',
    'stop',
    'restart',
    'rm',
    'list',
    'inspect',
    'cp',
    'stats',
  ],
  'nothing-named': ['exec', 'start', 'stop', 'restart', 'rm', 'inspect', 'cp', 'stats'],
  'flag-without-value': ['run', 'create', 'exec'],
  'flags-that-exclude-each-other': ['run'],
  'no-command': ['exec'],
} as const satisfies Record<string, readonly string[]>;

type How = keyof typeof misuses;

const shape = {
  via: z.enum(['cli', 'url']),
  how: keyOf(misuses),
  verb: z.enum(misuses['unknown-flag']),
};
/** Whether a verb has that mistake: `list` may well be given no name. */
const isMisuse = ({ how, verb }: { readonly how: How; readonly verb: string }): boolean =>
  (misuses[how] as readonly string[]).includes(verb);

type MisuseStep = StepWith<'misuse', typeof shape>;

/** What follows the verb. */
const words: Record<How, readonly string[]> = {
  'unknown-flag': ['--no-such-flag'],
  'nothing-named': [],
  'flag-without-value': ['-e'],
  'flags-that-exclude-each-other': ['-i', '-d', 'alpine:latest'],
  'no-command': ['nobody'],
};

const candidates = (context: DrawContext): MisuseStep[] =>
  surfaces(context, 'cli', 'url').flatMap((via) =>
    shape.how.options.flatMap((how) =>
      misuses[how].map((verb): MisuseStep => ({ op: 'misuse', via, how, verb })),
    ),
  );

/** A command line that BoxLite must refuse before it does anything. */
export const misuse = defineVerb({
  op: 'misuse',
  shape,
  effect: 'looks',
  weight: 0.5,
  refusals: 20,
  themes: { ends: 2, options: 2, refusals: 4, lifecycle: 1, usage: 6 },
  contract: { cli: ['1.1'] },
  predict: (world, step, profile) => (isMisuse(step) ? predictMisuse(world, step, profile) : null),
  // One that only one verb has is as worth trying as one that all have.
  likely: ({ how, verb }) =>
    3 * Math.ceil(shape.verb.options.length / misuses[how].length) * (verb === 'list' ? 7 : 1),
  candidates: (_, context) => candidates(context),
  calls: ({ via, how, verb }) => [cli(via, [verb, ...words[how]], 'done')],
  shrink: function* (step) {
    if (step.how !== 'unknown-flag') yield { ...step, how: 'unknown-flag' as const };
  },
  detail: ({ how, verb }) => `${how} ${verb}`,
});
