import type { GroupTable } from '../defect.ts';

export const attach = {
  'bogus-execution-accepted': { source: '9 seed 3', what: 'Any text is a completed execution with code 0.' },
  'bogus-execution-500': { source: '9 seed 3', what: 'An unknown execution is answered with 500.' },
  'attach-slot-not-freed': { source: '#1022', what: 'The slot stays taken after a client has closed.' },
  'second-client-let-in': { source: '5.4', what: 'A second client may attach to the same execution.' },
  'replay-missing': { source: '5.4', what: 'An attach shows nothing of what came before it.' },
  'replay-doubled': { source: '#1046', what: 'An attach replays what came before it twice.' },
  'attach-never-ends': {
    source: '8.8',
    what: 'An attached client gets neither exit frame nor Close when its command ends.',
  },
  'exit-frame-missing': { source: '#627', what: 'The connection is closed without an exit frame.' },
  'close-missing': { source: '8.8', what: 'The exit frame comes, the Close does not.' },
  'completed-execution-forgotten': { source: '9 seed 4', what: 'A completed execution is unknown at once.' },
  'completed-code-zero': { source: '9 seed 4', what: 'A reattach to a completed execution shows code 0.' },
  'detach-kills-command': { source: '5.4', what: 'A command gets HUP when its client closes.' },
  'stdin-parameter-unchecked': { source: '5.2', what: 'Any value of the stdin parameter is accepted.' },
  'read-only-writes-through': { source: '5.3', what: 'Frames of a read-only attach reach the command.' },
  'bad-frame-ends-attach': { source: '5.3', what: 'A wrong control frame closes the connection.' },
  'bad-frame-unnoticed': { source: '5.3', what: 'A wrong control frame gets no error.' },
  'attach-runs-command': { source: '5.5', what: 'An attach to a Configured box starts its command.' },
  'killed-execution-kept': { source: '5.1', what: 'A deleted execution can still be read.' },
  'signal-swallowed': { source: '5.1', what: 'A signal is accepted and never sent.' },
  'any-signal-allowed': { source: '5.1', what: 'Signals outside the list are sent too.' },
} as const satisfies GroupTable;
