import pc from 'picocolors';
import { labLacksSdk } from '../../lab/index.ts';
import { boxcheckVersion } from '../../report/environment.ts';
import { diagnose } from '../../runtime/doctor/doctor.ts';
import { findSdks } from '../../runtime/sdks.ts';
import { usualVersions } from '../../runtime/wheels.ts';
import { checkFlags } from '../options/choose.ts';
import { type Globals, targetOptions } from '../options/globals.ts';
import { newOutput } from '../terminal/output.ts';
import { exit } from './errors.ts';

/** Says which targets can run here, and what the others lack; its exit code. */
export async function doctor(options: Globals): Promise<number> {
  await checkFlags(options);
  const { json, data, log } = newOutput(options.json ?? false);
  const found = await diagnose(targetOptions(options));
  const real = found.some(({ target, runnable }) => runnable && target !== 'reference');
  const lacks = usualVersions.flatMap((version) => findSdks(version).missing);
  const missing = [...new Set([...lacks, ...labLacksSdk(targetOptions(options))])];
  if (json) data({ boxcheck: boxcheckVersion(), node: process.version, targets: found, missing });
  else {
    log(`boxcheck ${boxcheckVersion()}, node ${process.version}`);
    for (const { target, runnable, reasons } of found) {
      log(`${runnable ? pc.green('can run   ') : pc.red('cannot run')} ${target}`);
      for (const reason of reasons) log(`             ${reason}`);
    }
    for (const line of missing) log(`${pc.yellow('lacks     ')} ${line}`);
    if (!real) log('No real BoxLite can be tested here; the reference runtime says nothing about BoxLite.');
  }
  return real ? exit.fine : exit.infrastructure;
}
