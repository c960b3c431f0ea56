import type { GroupTable } from '../defect.ts';

export const timing = {
  'end-noticed-late': { source: '7.1', what: 'A box shows running for five more seconds after its end.' },
  'removal-late': { source: '7.11', what: 'The directory of a removed box goes ten seconds later.' },
  'stop-slow': { source: '7.11', what: 'A stop takes twenty seconds.' },
  'read-slow': { source: '7.11', what: 'A read over REST takes six seconds.' },
  'exec-returns-late': {
    source: '#626',
    what: 'A foreground exec comes back five seconds after its command.',
  },
  'exit-late': { source: '7.11', what: 'The end of a command is told five seconds late.' },
} as const satisfies GroupTable;
