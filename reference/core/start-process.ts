import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import type { ProcessSpec } from '../vm/port.ts';
import type { BoxRecord } from './box.ts';
import type { Runtime } from './runtime.ts';

const image = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

/**
 * Starts a process in the VM of a box. Its environment: the image's, the box's own over it, the command's over both.
 * @returns its id.
 * @throws SpawnError, or Error when the VM is gone.
 */
export async function startProcess(
  runtime: Runtime,
  { id, spec }: BoxRecord,
  { argv, env, ...process }: ProcessSpec,
): Promise<string> {
  const hypervisor = await runtime.hypervisor();
  const [own, given] = spoil ? [spoil.spoiledEnv(spec.env), spoil.spoiledEnv(env)] : [spec.env, env];
  const words =
    argv.includes('') && defect('empty-arguments-dropped') ? argv.filter((word) => word !== '') : argv;
  return hypervisor.start(id, { ...process, argv: words, env: { ...image, ...own, ...given } });
}
