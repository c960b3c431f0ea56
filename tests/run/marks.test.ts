import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newestVersion } from '../../domain/identity.ts';
import { isClientSdk, isSdk } from '../../domain/surface.ts';
import { newestProfile } from '../../model/profile.ts';
import type { RunProgram } from '../../program/history.ts';
import { type Program, programSchema } from '../../program/program.ts';
import { makeRunner } from '../../run/execute.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { findSdks } from '../../runtime/sdks.ts';
import { openTarget } from '../../runtime/targets/open.ts';
import { type KnownDivergence, loadKnownDivergences } from '../../verdict/known.ts';
import { create, settle } from '../model/fixtures/steps.ts';
import { failureOf, programOf } from './fixtures/runs.ts';

/** Every mark of the corpus as if it applied to the reference runtime, which has none of these divergences. */
const marks: KnownDivergence[] = (
  await loadKnownDivergences(new URL('../../corpus/known/', import.meta.url).pathname)
).map(({ targets: _, ...mark }) => ({ ...mark, versions: '*' }));

const programOfMark = async ({ found }: KnownDivergence): Promise<Program> =>
  programSchema.parse(JSON.parse(await readFile(new URL(`../../${found.program}`, import.meta.url), 'utf8')));

const { found: sdks } = findSdks(newestVersion);

describe('a mark on a runtime that keeps the contract', () => {
  let target: Target;
  let run: RunProgram;
  const { signal } = new AbortController();

  beforeAll(async () => {
    target = await openTarget('reference', { version: newestVersion }, () => {});
    run = makeRunner(target, { profile: newestProfile, known: marks });
  });
  afterAll(() => target.close());

  // The reference gives another of the contract's answers than the one these divergences are known by: it refuses a
  // missing host path in other words, and refuses the metrics of a sandbox at rest and an exec in a primed job.
  const answeredOtherwise = [
    'run-of-a-missing-host-path-leaves-a-failed-box',
    'metrics-boots-a-sandbox-at-rest',
    'exec-in-a-primed-job-runs-its-command',
  ];
  const strict = marks.filter(({ id, always, needs }) => always && !needs && !answeredOtherwise.includes(id));

  it.each(strict.map((mark) => [mark.id, mark] as const))('is told as stale: %s', async (id, mark) => {
    const history = await run(await programOfMark(mark), signal);
    expect(failureOf(history)).toMatchObject({ kind: 'stale-mark', id });
    expect(history.known).toEqual({});
  });

  // What an SDK does is done on every runtime, where the SDK is.
  const ofSdks = marks.filter(({ via, where }) => (via ?? where?.client)?.every(isSdk));

  it.each(
    ofSdks.map((mark) => [mark.id, mark] as const),
  )('shows all the same where it is the doing of an SDK that is installed: %s', async (id, mark) => {
    const program = await programOfMark(mark);
    const isInstalled = program.steps.every(
      (step) => !('via' in step && isSdk(step.via)) || (isClientSdk(step.via) && sdks[step.via]),
    );
    if (!isInstalled) return;
    const { ending, known } = await run(program, signal);
    expect(ending).toEqual({ is: 'passed' });
    expect(known[id]).toBeGreaterThan(0);
  });

  const needing = marks.flatMap((mark) => (mark.needs ? [[mark.id, mark.needs, mark] as const] : []));

  it.each(needing)('cannot show where what it needs is gone: %s', async (_id, needs, mark) => {
    const { known, ending } = await run(await programOfMark(mark), signal);
    expect(known).toEqual({});
    expect(needs).toContain(
      ending.is === 'failed' && ending.failure.kind === 'stale-mark' && ending.failure.id,
    );
  });

  const timed = marks.filter((mark) => !mark.always && !ofSdks.includes(mark));

  it.each(
    timed.map((mark) => [mark.id, mark] as const),
  )('is missed but not stale where it depends on timing: %s', async (id, mark) => {
    const { ending, missed, known, cutShort } = await run(await programOfMark(mark), signal);
    expect({ ending, known, cutShort }).toEqual({ ending: { is: 'passed' }, known: {}, cutShort: 0 });
    expect(missed[id]).toBeGreaterThan(0);
  });

  it('is told as stale by a step that only waits for what it should have done', async () => {
    const copy = { op: 'copy-in', via: 'cli', on: 'box1', path: '/root/f1', data: 'x' } as const;
    const program = programOf(create(undefined, 'cli'), copy, settle('cli'));
    expect(failureOf(await run(program, signal))).toMatchObject({
      kind: 'stale-mark',
      id: 'cp-leaves-a-configured-sandbox-stopped',
      at: 2,
    });
  });
});
