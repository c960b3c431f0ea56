import { existsSync } from 'node:fs';
import type { Log } from '../domain/log.ts';
import { tailOf } from '../files/tail.ts';
import { buildAll, type LabOptions } from './build/index.ts';
import { runInside } from './connection.ts';
import { LOG_TAIL_BYTES, troubleOf } from './heartbeat.ts';
import { holding, lockHolder } from './lock.ts';
import { stopMachine } from './machine.ts';
import { openLab } from './open.ts';
import { labPaths } from './paths.ts';
import { sshPlace } from './ssh.ts';
import { readState, versionsText } from './state.ts';

/** Does `boxcheck lab build`: makes everything a boot needs. @throws LabError */
export async function buildLab(options: LabOptions, log: Log): Promise<void> {
  const paths = labPaths(options.cacheDir);
  const built = await holding(paths.lock, 'lab build', () => buildAll(options, paths, log));
  log(`lab: built for ${versionsText(built)}; cache: ${paths.cache}`);
}

/** Does `boxcheck lab up`: a machine that stays up after this process; nothing to do when one is. @throws LabError */
export async function upLab(options: LabOptions, log: Log): Promise<void> {
  const lab = await openLab({ ...options, purpose: 'lab up', keep: true }, log);
  log(`lab: up with ${versionsText(lab.state)}, server ${lab.serveUrl}, QEMU pid ${lab.state.qemu.pid}`);
  log(`lab: the server's key is apiKey in ${labPaths(options.cacheDir).state}`);
  log(`lab: a shell in it: ${lab.sshArgv([]).slice(0, -2).join(' ')}`);
  await lab.close();
}

/** Does `boxcheck lab down`: ends the machine, whoever started it, unless a live process uses it. @throws LabError */
export async function downLab(options: LabOptions, log: Log): Promise<void> {
  const paths = labPaths(options.cacheDir);
  log((await holding(paths.lock, 'lab down', () => stopMachine(paths))) ? 'lab: down' : 'lab: was not up');
}

/** Does `boxcheck lab status`: says what is built and what is up. True when a machine is up and well. */
export async function labStatus(options: LabOptions, log: Log): Promise<boolean> {
  const paths = labPaths(options.cacheDir);
  const holder = lockHolder(paths.lock);
  log(`lab: cache ${paths.cache}`);
  log(`lab: disk ${existsSync(paths.disk) ? 'built' : 'not built'}`);
  if (holder) log(`lab: in use by process ${holder.pid} (${holder.purpose})`);
  const state = await readState(paths.state);
  if (state === null) {
    log('lab: down');
    return false;
  }
  const { startedAt, qemuVersion, qemu, kernel, servePort, keep } = state;
  log(
    `lab: ${versionsText(state)} since ${startedAt}, QEMU ${qemuVersion} pid ${qemu.pid}, kernel ${kernel}`,
  );
  const fate = keep ? '' : ' (goes down with the run that started it)';
  log(`lab: server http://127.0.0.1:${servePort}${fate}`);
  const trouble = await troubleOf(state, paths);
  log(trouble === null ? 'lab: up and well' : `lab: not well: ${trouble}`);
  return trouble === null;
}

/** Does `boxcheck lab logs`: prints the ends of the console and, while it is up, of the server's log. */
export async function labLogs(options: LabOptions, log: Log): Promise<void> {
  const paths = labPaths(options.cacheDir);
  const print = (title: string, text: string) => {
    log(`==> ${title}`);
    for (const line of text.trimEnd().split('\n')) log(line);
  };
  print('console of the machine before', await tailOf(paths.lastConsole, LOG_TAIL_BYTES));
  print('console', await tailOf(paths.console, LOG_TAIL_BYTES));
  const state = await readState(paths.state);
  if (state === null) return;
  const argv = ['tail', '-c', `${LOG_TAIL_BYTES}`, '/var/log/boxcheck/serve.log'];
  const done = await runInside(sshPlace(state.sshPort, paths), argv, { timeoutMs: 20_000 });
  print('boxlite serve', done.out.toString());
}
