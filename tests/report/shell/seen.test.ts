import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { utf8 } from '../../../domain/bytes.ts';
import type { BoxObservation, Observation } from '../../../domain/observation.ts';
import { writeBytes } from '../../../report/shell/check.ts';
import { line } from '../../../report/shell/line.ts';
import {
  type CliExpecting,
  fromCli,
  fromRest,
  type RestExpecting,
} from '../../../runtime/normal-form/index.ts';

const parts = fileURLToPath(new URL('../../../report/shell/parts/', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'bc-seen-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** What the shell prints for these lines, after it has loaded the helpers; a line of \x01 begins each. */
function sh(each: readonly string[]): string[] {
  const setup = `T='${dir}' DEADLINE=60 foreign= URL= HUNG=\nfor part in calls json seen allowed; do . "${parts}$part.sh"; done`;
  const input = [setup, ...each.map((lines) => `printf '\\001'; : >"$T/boxes"\n${lines}`)].join('\n');
  return execFileSync('sh', [], { encoding: 'utf8', input }).split('\x01').slice(1);
}

const key = fc.stringMatching(/^[a-z"\\\n]{0,3}$/u);
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '=', 'ü', '\n', '\u{1f600}', '\\u0041', null, true),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** The lines that the helper `json` should print. */
const linesOf = (value: unknown, path = ''): string[] => {
  if (typeof value === 'string') return [`${path}="${inside(value)}`];
  if (value === null || typeof value !== 'object') return [`${path}=${JSON.stringify(value)}`];
  const below = Object.entries(value).flatMap(([name, one]) => linesOf(one, `${path}.${inside(name)}`));
  return [`${path}=${Array.isArray(value) ? '[' : '{'}`, ...below];
};

const inside = (text: string): string =>
  text.replaceAll(/[\\=\0-\x1f]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

test('JSON is read in full, and what is no JSON gives nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(json, fc.constantFrom(0, 2)), { minLength: 20, maxLength: 30 }),
      (drawn) => {
        const texts = drawn.map(([value, space]) => JSON.stringify(value, null, space));
        const broken = texts.flatMap((text) => (text.length > 2 ? [`${text},`, text.slice(0, -1)] : []));
        const noJson = broken.filter((text) => !isJson(text));
        const lines = [...texts, ...noJson].map(
          (text) => `${writeBytes(utf8(text), '"$T/in"')}\njson <"$T/in"`,
        );
        const seen = sh(lines).map((text) => text.split('\n').slice(0, -1));
        expect(seen).toEqual([
          // Not `JSON.parse(text)`: node 24.21 takes a key `"` for one `\\` it has seen before.
          ...drawn.map(([value]) => linesOf(value).map((one) => one.toWellFormed())),
          ...noJson.map(() => []),
        ]);
      },
    ),
    { numRuns: 10, endOnFailure: true },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the script sees, as its lines tell it: the kind, then each box. */
const seenText = (seen: Observation): string => {
  const boxes = seen.is === 'boxes' ? seen.boxes : 'box' in seen && seen.box ? [seen.box] : [];
  const batch = seen.is === 'batch' ? seen.each.map(({ ok }) => (ok ? ' ok' : ' no')).join('') : '';
  return [`${seen.is}${batch}`, ...boxes.map(boxText)].join('\n');
};
const boxText = ({ id, status, exitCode, zeroCode, name }: BoxObservation): string =>
  [
    id,
    status,
    exitCode === null ? '-' : (exitCode ?? (zeroCode ? '0?' : '?')),
    name === null ? 'null' : `"${inside(name)}`,
  ].join('\t');
const tell = 'each=; [ "$SEEN" != batch ] || each=$EACH; echo; echo "@$SEEN$each"; cut -f 1-4 "$T/boxes"';
const told = (text: string): string => text.slice(text.lastIndexOf('\n@') + 2).trimEnd();

/** An object of which one field may be missing or wrong. */
const spoilt = (fields: Record<string, unknown>) =>
  fc
    .tuple(
      fc.constantFrom(null, ...Object.keys(fields)),
      fc.constantFrom(undefined, null, '', 'x', 0, -1, [], {}, true),
    )
    .map(([name, value]) => (name === null ? fields : { ...fields, [name]: value }));

const time = '2026-11-26T05:37:56.123Z';
const restBox = fc.constantFrom('a', 'two words', 'ü\\"=', null).chain((name) =>
  spoilt({
    ...{ box_id: 'abcdefghijkl', name, status: 'Running', created_at: time, updated_at: time, pid: 7 },
    ...{ image: 'i', cpus: 1, memory_mib: 64, labels: { a: 'b' }, exit_code: 137, auto_stop: 0 },
  }),
);
const cliEntry = spoilt({ ID: 'abcdefghijkl', Image: '', Status: 'Running', CreatedAt: time, Names: 'a b' });
const state = spoilt({ Status: 'running', Running: true, Pid: 0, ExitCode: 0 });
const inspectEntry = state.chain((State) =>
  spoilt({
    ...{ Id: 'abcdefghijkl', Name: '', Image: '', Created: time, Status: 'running', State },
    ...{ Cpus: 1, Memory: 64 },
  }),
);
const execution = spoilt({ execution_id: 'e', status: 'completed', exit_code: 3 });
const snapshot = spoilt({
  ...{ id: 'i', box_id: 'abcdefghijkl', name: 'a b', created_at: 7 },
  ...{ container_disk_bytes: 1, size_bytes: 0 },
});
const envelope = spoilt({ message: 'm', type: 't', code: 'c' }).map((error) => ({ error }));

const asText = (value: unknown): string => JSON.stringify(value);
const bodies = {
  box: restBox.map(asText),
  boxes: fc.array(restBox, { maxLength: 2 }).map((boxes) => asText({ boxes })),
  execution: execution.map(asText),
  snapshot: snapshot.map(asText),
  snapshots: fc.array(snapshot, { maxLength: 2 }).map((snapshots) => asText({ snapshots })),
  policy: fc
    .record({ mode: fc.constantFrom('enabled', 'disabled'), allow_net: fc.subarray(['b', 'a']) })
    .map(asText),
  refusal: envelope.map(asText),
  other: fc.constantFrom('', 'no', '{}', '[]', 'null'),
};
/** The answer of each route when all is well. */
const proper: Record<RestExpecting, [status: number, body: fc.Arbitrary<string>]> = {
  created: [201, bodies.box],
  acted: [200, bodies.box],
  box: [200, bodies.box],
  boxes: [200, bodies.boxes],
  exec: [201, bodies.execution],
  execution: [200, bodies.execution],
  snapshot: [200, bodies.snapshot],
  'snapshot-made': [201, bodies.snapshot],
  snapshots: [200, bodies.snapshots],
  policy: [200, bodies.policy],
  done: [204, fc.constant('')],
  bytes: [200, fc.string()],
};
const restAnswer = fc
  .constantFrom(...(Object.keys(proper) as RestExpecting[]))
  .chain((expecting) => {
    const [status, body] = proper[expecting];
    const refused = fc.tuple(fc.constantFrom(404, 409), bodies.refusal);
    const other = fc.tuple(fc.constantFrom(200, 201, 204, 302, 404, 500), fc.oneof(...Object.values(bodies)));
    const answer = fc.oneof({ arbitrary: fc.tuple(fc.constant(status), body), weight: 3 }, refused, other);
    return answer.map(([got, text]) => [expecting, got, text] as const);
  })
  .map(([expecting, status, body]) => {
    const answer = {
      method: 'GET',
      path: '/',
      status,
      headers: {},
      body: utf8(body),
      timedOut: false,
      ms: 1,
    };
    const lines = `KIND=rest STATUS=${status}\n${writeBytes(utf8(body), '"$T/out"')}\nseen_rest ${expecting}`;
    return [fromRest(answer, expecting), lines] as const;
  });

const targets = ['box1', 'two words', 'box1'];
const cliAnswer = fc
  .tuple(
    fc.constantFrom<CliExpecting>('done', 'id', 'ended', 'inspect', 'list', 'batch'),
    fc.constantFrom(0, 0, 0, 1, 2, 7, 101),
    fc.oneof(
      fc.constantFrom('', 'abcdefghijkl\n', 'abcdefghijkl', 'no\n', '[]', '{}'),
      fc.subarray(targets).map((done) => done.map((one) => `${one}\n`).join('')),
      fc.array(cliEntry, { maxLength: 2 }).map(asText),
      fc.array(inspectEntry, { minLength: 1, maxLength: 2 }).map(asText),
    ),
    fc.constantFrom(
      '',
      'Error: no\n',
      'Error starting box: no\n',
      'error: bad\n\nUsage: x\n',
      'error: bad\n',
      'out\n',
      "thread 'main' panicked at x\n",
      'Errors: no\n',
    ),
    fc.subarray(targets, { minLength: 1 }),
  )
  .map(([expecting, exit, out, err, each]) => {
    const answer = {
      args: ['x'],
      exit,
      signal: null,
      out: utf8(out),
      err: utf8(err),
      timedOut: false,
      ms: 1,
    };
    const of = expecting === 'batch' ? each : [];
    const call = line('seen_cli', expecting, ...of);
    const lines = `KIND=cli CODE=${exit}\n${writeBytes(utf8(out), '"$T/out"')}\n${writeBytes(err, '"$T/err"')}\n${call}`;
    return [fromCli(answer, expecting, of), lines] as const;
  });

test.each([
  ['the server', restAnswer],
  ['the CLI', cliAnswer],
])(
  'a script sees in an answer of %s what boxcheck sees in it',
  (_, answers) => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.array(answers, { minLength: 30, maxLength: 30 }), (drawn) => {
        for (const [{ is }] of drawn) kinds.add(is);
        const seen = sh(drawn.map(([, lines]) => `${lines}\n${tell}`)).map(told);
        for (const [i, [wanted, lines]] of drawn.entries()) expect(seen[i], lines).toBe(seenText(wanted));
      }),
      { numRuns: 5, endOnFailure: true },
    );
    expect(kinds.size).toBeGreaterThanOrEqual(5);
  },
  60_000,
);
