import type { GroupTable } from '../defect.ts';

export const output = {
  'exec-output-lost': { source: '#563', what: 'The stdout of an exec is empty; its exit code is right.' },
  'run-output-lost': { source: '#705', what: 'The stdout of a main command is empty.' },
  'stderr-lost': { source: '8.9', what: 'Nothing a command writes to stderr arrives.' },
  'last-byte-lost': { source: '8.9', what: 'Every chunk of output misses its last byte.' },
  'output-repeated': { source: '#1046', what: 'Every chunk of output arrives twice.' },
  'streams-mixed': { source: '7.6', what: 'What a command writes to stderr arrives on stdout.' },
  'high-bytes-replaced': {
    source: '8.9',
    what: 'Output is decoded as UTF-8 on its way; other bytes are replaced.',
  },
  'nul-bytes-dropped': { source: '8.9', what: 'NUL bytes are missing from the output.' },
  'newlines-translated': { source: '7.6', what: 'Line ends become CR LF without a terminal.' },
  'large-output-cut': { source: '7.5', what: 'A stream stops after 64 KiB.' },
  'output-of-another': { source: '8.6', what: 'A command shows the output of the one before it.' },
  'stdin-lost': { source: '8.9', what: 'stdin of a command is empty.' },
  'stdin-never-ends': { source: '2.4', what: 'A command is never told that its stdin is over.' },
  'empty-arguments-dropped': { source: '8.9', what: 'Empty arguments do not reach the command.' },
  'env-value-trimmed': {
    source: '2.2',
    what: 'Blanks around the value of an environment variable are lost.',
  },
  'env-lost': { source: '2.2', what: 'Environment variables given for a command do not reach it.' },
  'fast-output-lost': { source: '#563', what: 'A fast command ends before its output was read.' },
  'output-truncated': { source: '8.9', what: 'The end of the output is missing.' },
  'output-corrupted': { source: '8.9', what: 'Bytes of the output are changed.' },
  'stdin-truncated': { source: '8.9', what: 'The end of stdin does not reach the command.' },
} as const satisfies GroupTable;
