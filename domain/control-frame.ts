/** The size that a resize frame asks for. */
export const frameSize = { rows: 24, cols: 80 } as const;

/** Text frames of an attach, sane and not, as they are sent (contract 5.3). */
export const controlFrames = {
  eof: '{"type":"stdin_eof"}',
  resize: `{"type":"resize","rows":${frameSize.rows},"cols":${frameSize.cols}}`,
  signal: '{"type":"signal","sig":15}',
  'bad-json': '{"type":',
  'no-type': '{"rows":24}',
  unknown: '{"type":"dance"}',
  'bad-signal': '{"type":"signal","sig":9}',
} as const;

/** A ControlFrame names one of them. */
export type ControlFrame = keyof typeof controlFrames;
