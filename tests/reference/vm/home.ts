import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../reference/vm/connection.ts';
import { Hub } from '../../../reference/vm/hub.ts';
import type { BootSpec, Hypervisor, ProcessSpec } from '../../../reference/vm/port.ts';

/** A home directory that goes away with `using`. */
export function home(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'vm-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A hypervisor in this process. */
export const createLocalHypervisor = (): Hypervisor => connect(new Hub('-'));

export const bootSpec = (path: string, box: string, rest: Partial<BootSpec> = {}): BootSpec => ({
  box,
  dir: join(path, 'boxes', box),
  mounts: [],
  owner: 'detached',
  ...rest,
});

export const processSpec = (argv: string[], rest: Partial<ProcessSpec> = {}): ProcessSpec => ({
  argv,
  env: {},
  cwd: '/',
  tty: false,
  init: false,
  ...rest,
});

export interface Followed {
  out: string;
  err: string;
  code: number | null;
}

/** Everything a process writes, and its code. */
export function followed(hypervisor: Hypervisor, box: string, id: string): Promise<Followed> {
  const seen: Followed = { out: '', err: '', code: null };
  return new Promise((resolve, reject) => {
    hypervisor
      .follow(box, id, (event) => {
        if (event.kind === 'exit') resolve({ ...seen, code: event.code });
        else seen[event.kind] += event.data.toString('latin1');
      })
      .catch(reject);
  });
}

/** Runs a command in a running box. */
export async function run(
  hypervisor: Hypervisor,
  box: string,
  argv: string[],
  rest: Partial<ProcessSpec> = {},
): Promise<Followed> {
  const id = await hypervisor.start(box, processSpec(argv, rest));
  return followed(hypervisor, box, id);
}

/** Whether a process is there; a zombie is not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** Polls until a condition holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 8000,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
