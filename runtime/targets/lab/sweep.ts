import { CLI_HOME, type Lab, SERVE_HOME } from '../../../lab/index.ts';
import { lookUntil } from '../../../machine/until.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import type { Baseline } from '../../ports/target.ts';
import { nothingBeyond } from '../settled.ts';
import { labBaseline } from './baseline.ts';
import { labLaunch } from './launch.ts';
import { infrastructure } from './trouble.ts';

/** One verb of the CLI or one request; a runtime that hangs is reset, whatever it was asked. */
const REMOVE_MS = 90_000;
const RESET_MS = 60_000;
/** Removed boxes are gone 5 s later (contract 7.11), slower here. */
const GOING_MS = 15_000;

/**
 * Removes every box of both homes: the regular way first, and where that leaves anything, by killing what there is
 * of BoxLite and emptying the homes.
 * @returns what had to be removed, one line a thing; empty: it was clean
 */
export async function sweepLab(lab: Lab, clean: Baseline): Promise<string[]> {
  if (nothingBeyond(await labBaseline(lab), clean) && !(await hasBoxes(lab))) return [];
  const removed = [...(await removeLocal(lab)), ...(await removeServed(lab))];
  const left = await lookUntil(
    () => labBaseline(lab),
    (now) => nothingBeyond(now, clean),
    GOING_MS,
  );
  if (nothingBeyond(left, clean) && !(await hasBoxes(lab))) return removed;
  await resetLab(lab);
  return [...removed, ...left.filter((line) => !clean.includes(line)).map((line) => `by force: ${line}`)];
}

/** Empties both homes by force and waits for the server to be back. */
export async function resetLab(lab: Lab): Promise<void> {
  await infrastructure(lab.run(['/opt/boxcheck/reset', CLI_HOME, SERVE_HOME], { timeoutMs: RESET_MS }));
  await demandServer(lab, RESET_MS);
}

/** @throws InfrastructureError when the server does not answer in time */
export async function demandServer(lab: Lab, timeoutMs: number): Promise<void> {
  const answers = await lookUntil(
    () => served(lab, 'GET', '/v1/boxes'),
    (body) => body !== null,
    timeoutMs,
  );
  if (answers === null)
    throw new InfrastructureError(
      `boxlite serve does not answer in the lab, ${timeoutMs / 1000} s after it should`,
    );
}

/** A record can be left without anything else: one of a box that was only created. */
async function hasBoxes(lab: Lab): Promise<boolean> {
  const [local, remote] = await Promise.all([localBoxes(lab), servedBoxes(lab)]);
  return local === null || remote === null || local.length + remote.length > 0;
}

async function localBoxes(lab: Lab): Promise<string[] | null> {
  const done = await local(lab, ['list', '-a', '-q']);
  return done.exit === 0 ? done.out.split('\n').filter(Boolean) : null;
}

async function removeLocal(lab: Lab): Promise<string[]> {
  const boxes = (await localBoxes(lab)) ?? [];
  if (boxes.length === 0) return [];
  await local(lab, ['rm', '-f', ...boxes]);
  return boxes.map((id) => `box ${id} of the local CLI`);
}

const local = (lab: Lab, args: string[]) =>
  labLaunch(lab)(['--home', CLI_HOME, ...args], { timeoutMs: REMOVE_MS });

async function servedBoxes(lab: Lab): Promise<string[] | null> {
  const body = await served(lab, 'GET', '/v1/boxes');
  const list = (body as { boxes?: { box_id: string }[] } | null)?.boxes;
  return list?.map((box) => box.box_id) ?? null;
}

async function removeServed(lab: Lab): Promise<string[]> {
  const boxes = (await servedBoxes(lab)) ?? [];
  for (const id of boxes) await served(lab, 'DELETE', `/v1/boxes/${id}?force=true`);
  return boxes.map((id) => `box ${id} of the server`);
}

/** One request that may fail: its body, {} where it has none, null when there was no good answer. */
async function served(lab: Lab, method: string, path: string): Promise<unknown> {
  try {
    const headers = { authorization: `Bearer ${lab.apiKey}` };
    const response = await fetch(`${lab.serveUrl}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(REMOVE_MS),
    });
    const text = await response.text();
    return response.ok ? JSON.parse(text || '{}') : null;
  } catch {
    return null;
  }
}
