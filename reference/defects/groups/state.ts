import type { GroupTable } from '../defect.ts';

export const state = {
  'stuck-running': { source: '#933', what: 'A box shows running for ever after its main command ended.' },
  'stop-not-idempotent': { source: '2.1', what: 'A stop of a stopped box is refused.' },
  'start-boots-twice': { source: '2.1', what: 'A start of a running box begins one more run.' },
  'job-auto-started': { source: '#1415', what: 'An exec runs the main command of a resting job box.' },
  'sandbox-not-started': { source: '#1415', what: 'An exec in a resting sandbox box is refused.' },
  'refusal-starts-box': { source: '8.4', what: 'A refused exec starts the box all the same.' },
  'failed-start-deletes-box': { source: '#520', what: 'A box whose start failed is gone.' },
  'failed-start-shows-configured': { source: '2.2', what: 'A box whose start failed shows configured.' },
  'start-after-stop-fails': {
    source: '#1138',
    what: 'A stopped box cannot be started: invalidated after stop().',
  },
  'stop-configured-stops': { source: '2.1', what: 'A stop turns a Configured box into a Stopped one.' },
  'restart-is-no-op': { source: '2.1', what: 'A restart of a running box does nothing.' },
  'create-boots': { source: '2.3', what: 'A create starts the box.' },
  'read-starts-box': { source: '8.4', what: 'An inspect starts a resting box.' },
  'home-lock-missing': { source: '1.3', what: 'Two processes may open one home.' },
  'cp-leaves-box-up': { source: '2.1', what: 'A copy leaves the box it had to boot running.' },
  'disk-lost-between-runs': {
    source: '8.11',
    what: 'Files of one run are missing in the next.',
  },
  'tmp-kept-between-runs': {
    source: '0',
    what: 'Files in /tmp are still there in the next run.',
  },
  'synced-file-lost': { source: '8.11', what: 'A synced file is missing after a kill.' },
  'boot-id-kept': { source: '8.11', what: 'boot_id is the same in every run.' },
  'workdir-ignored': {
    source: '2.4',
    what: 'Commands start in / whatever was asked for.',
  },
  'arguments-split': { source: '8.9', what: 'Arguments are split at blanks.' },
  'init-dies-of-signals': {
    source: '2.2',
    what: 'PID 1 dies of signals it has no handler for.',
  },
  'stop-without-term': { source: '3.3', what: 'A stop kills without TERM first.' },
} as const satisfies GroupTable;
