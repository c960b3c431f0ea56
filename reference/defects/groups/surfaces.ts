import type { GroupTable } from '../defect.ts';

export const surfaces = {
  'list-omits-configured': { source: '2.7', what: 'The list of all boxes leaves Configured ones out.' },
  'list-shows-stopped': { source: '#861', what: 'The list shows Stopped for running boxes.' },
  'list-oldest-first': { source: '2.7', what: 'Lists begin with the oldest box.' },
  'inspect-hides-code': { source: '8.10', what: 'inspect shows code 0 where GET shows another.' },
  'exit-zero-on-failure': { source: '1.1', what: 'A failing CLI call ends with 0.' },
  'errors-are-500': { source: '#585', what: 'Every refusal over REST is a 500.' },
  'missing-binary-500': { source: '#666', what: 'An exec of a missing binary over REST is a 500.' },
  'untyped-errors': { source: '8.2', what: 'Errors over REST are plain text.' },
  'name-unknown-over-rest': { source: '8.3', what: 'REST finds boxes by id only.' },
  'created-answers-200': { source: '4.2', what: 'POST boxes and POST exec answer 200.' },
  'exit-code-null': { source: '4.4', what: 'A Box without a code has exit_code null.' },
  'unknown-key-accepted': { source: '4.4', what: 'A create body may hold unknown keys.' },
  'cp-into-directory-wrong': {
    source: '#238',
    what: 'A copied file becomes a directory that holds the file.',
  },
  'cp-to-tmpfs-accepted': { source: '#1361', what: 'A copy to a tmpfs path reports success.' },
  'rm-batch-stops-early': { source: '2.5', what: 'After a failing target the others are not handled.' },
} as const satisfies GroupTable;
