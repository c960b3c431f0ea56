import { verbs } from '../../commands/index.ts';
import { LISTENER_PORT } from '../../domain/network.ts';
import { isClientSdk } from '../../domain/surface.ts';
import { visibleLine } from '../../domain/visible.ts';
import { homeOf } from '../../model/world.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import type { CounterexampleRecord } from '../counterexample/record.ts';
import { describeVerdict } from '../text/failure.ts';
import { hostPorts } from './words.ts';

/** What a script is made from. */
export type ScriptInput = Pick<
  CounterexampleRecord,
  'smallest' | 'signature' | 'verdict' | 'environment' | 'foundAt'
>;

/** First lines: what it shows, where that was seen, how it is used. */
export function headerLines({ smallest, signature, verdict, environment, foundAt }: ScriptInput): string[] {
  const { identity } = environment;
  const needs = needsOf(smallest.program.steps);
  return [
    '#!/bin/sh',
    ...[
      signature.text,
      '',
      `Seen ${foundAt.toISOString()} with BoxLite ${identity.version} (boxcheck target: ${identity.target}),`,
      verdict ? describeVerdict(verdict) : 'seen once, not yet run again',
      '',
      'Usage:  sh repro.sh            exit 0 REPRODUCED, 1 not reproduced, 2 nothing can be said',
      'Environment, all optional:',
      '  BOXLITE      boxlite binary (default: boxlite on PATH)',
      '  URL          server to use, http://HOST:PORT (default: the script starts `boxlite serve` for itself)',
      '  API_KEY      key of that server; PATH_PREFIX its path prefix',
      '  HOME_DIR     home of the local CLI, a short absolute path (default: a fresh one)',
      '  ROOTFS       OCI image layout directory boxes are made from, on the side of the runtime',
      '  IMAGE        else: image name (default: alpine:latest)',
      '  PYTHON       a python3 with the package boxlite, where the SDK is used (default: python3)',
      '  DEADLINE     seconds one call may take (default: 60; the one that hung: as long as it had)',
      ...(localSdk(needs) ?? []),
      'Boxes that exist already are left alone; what the script makes it removes.',
      ...(verdict?.class === 'flaky' ? ['It does not fail every time: run it again and again.'] : []),
    ].map((text) => `# ${visibleLine(text)}`.trimEnd()),
  ];
}

/** What is to be known of a script in which the SDK is a runtime of its own. */
function localSdk({ localSdk, clientSdk }: Needs): string[] | null {
  if (!localSdk) return null;
  const cannot =
    'CANNOT be run as it is: the SDK is a client of a server and a runtime of its own in it, which are two';
  return clientSdk
    ? [cannot, 'processes; run the program with boxcheck (repro).']
    : [
        'The SDK of PYTHON brings the runtime of its own version; its home is a fresh one, and this script never sees',
        'records that are left there.',
      ];
}

/** Lines between the helpers and the first step: what must be there, and the handles with nothing behind them. */
export function setupLines(program: Program, needs: Needs): string[] {
  const handles = program.steps.flatMap((step) => ('as' in step ? [step.as] : []));
  const boxes = handles.filter((handle) => handle.startsWith('box'));
  const execs = handles.filter((handle) => handle.startsWith('exec'));
  return [
    '',
    '# --- the program --------------------------------------------------------------------------------------------',
    'need "$BOXLITE" "set BOXLITE to the binary"',
    ...(needs.server ? ['need curl', 'serve', 'known_before server'] : []),
    ...(needs.attach ? ['need python3'] : []),
    ...(needs.sdk ? ['need "$PYTHON"'] : []),
    ...(needs.terminal ? ['need perl'] : []),
    ...(needs.echo ? ['need perl', `echo_at ${LISTENER_PORT}`] : []),
    ...(needs.localSdk ? ['SDK_HOME=$T/p; mkdir "$SDK_HOME"'] : []),
    ...(needs.localSdk && needs.clientSdk ? ['give_up "see the first lines"'] : []),
    ...(needs.local ? ['known_before local'] : []),
    ...boxes.map((box) => `${box}=nobody-${box} ${box}_prefix=nobody-${box}`),
    ...execs.map((exec) => `${exec}=nobody-${exec}`),
  ];
}

/** What a script needs besides a shell. */
interface Needs {
  local: boolean;
  server: boolean;
  /** The WebSocket client, and with it python3. */
  attach: boolean;
  /** The Python SDK, as a runtime of its own or as a client of the server. */
  sdk: boolean;
  /** A pseudo-terminal, and with it perl. */
  terminal: boolean;
  /** Ports of the machine, and with them perl. */
  tcp: boolean;
  /** A program that answers boxes, and with it perl. */
  echo: boolean;
  localSdk: boolean;
  clientSdk: boolean;
}

/** What steps need, told by their calls. */
export function needsOf(steps: readonly Step[]): Needs {
  const calls = steps.flatMap((step) => verbs[step.op].calls(step));
  const vias = calls.flatMap((call) => ('via' in call ? [homeOf(call.via)] : []));
  // No text of a program looks like it: its quotes are escaped.
  const echo = JSON.stringify(calls).includes('"do":"reach"');
  const sdks = calls.flatMap((call) => (call.call === 'sdk' || call.call === 'drop-sdk' ? [call.via] : []));
  return {
    local: vias.includes('local'),
    server: vias.includes('server') || calls.some(({ call }) => ofServer.has(call)),
    attach: calls.some(({ call }) => call === 'open'),
    tcp: hostPorts(calls).length > 0 || echo,
    echo,
    terminal: calls.some((call) => call.call === 'cli' && call.terminal !== undefined),
    sdk: sdks.length > 0,
    localSdk: sdks.includes('local-sdk'),
    clientSdk: sdks.some(isClientSdk),
  };
}

const ofServer: ReadonlySet<string> = new Set(['rest', 'open', 'renew']);
