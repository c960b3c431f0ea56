/** What a build or a boot tells while it goes on. */
type ProgressEvent =
  | { step: string; state: 'begins' }
  | { step: string; state: 'done'; ms: number }
  | { step: string; state: 'note'; text: string };

export type Progress = (event: ProgressEvent) => void;

/** One line of text a progress event. */
function progressLine(event: ProgressEvent): string {
  switch (event.state) {
    case 'begins':
      return `lab: ${event.step} …`;
    case 'done':
      return `lab: ${event.step} done in ${(event.ms / 1000).toFixed(1)} s`;
    case 'note':
      return `lab: ${event.step}: ${event.text}`;
  }
}

/** A Progress that prints. */
export const printing =
  (log: (line: string) => void): Progress =>
  (event) =>
    log(progressLine(event));
