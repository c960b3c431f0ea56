import { readFileSync } from 'node:fs';

const read = (file: string): string =>
  readFileSync(new URL(`./parts/${file}`, import.meta.url), 'utf8').trimEnd();

/** The fixed parts of a script, in order; those for attaching and for invariants only where they are needed. */
export const helperParts = (needs: { attach: boolean; invariants: boolean }): string =>
  [
    'start.sh',
    'calls.sh',
    ...(needs.attach ? ['attach.sh'] : []),
    'allowed.sh',
    ...(needs.invariants ? ['invariants.sh'] : []),
    'flow.sh',
  ]
    .map(read)
    .join('\n\n');

/** The WebSocket client, as lines that write it to where the helpers expect it. */
export const attachClient = (): string =>
  `cat >"$T/attach.py" <<'END_OF_CLIENT'\n${read('attach.py')}\nEND_OF_CLIENT`;
