import { type Mount, mountSpec } from '../domain/mount.ts';
import type { Creating } from '../model/made.ts';
import type { Session } from '../runtime/ports/session.ts';
import { realName } from './spell.ts';
import type { StepContext } from './step-context.ts';
import { envOf, mainArgv } from './work.ts';

/** Real paths of the host directories a step mounts. */
async function realPaths(session: Session, mount: Mount): Promise<{ dir: string; missing: string }> {
  const handle = 'host' in mount ? mount.host : 'h1';
  const needsDir = 'host' in mount || mount.kind === 'malformed';
  return { dir: needsDir ? await session.host.dir(handle) : '', missing: session.host.missing() };
}

const imageArgs = (session: Session): string[] =>
  'rootfs' in session.image ? ['--rootfs', session.image.rootfs] : [session.image.image];

/** Arguments behind `run`, `run -d` or `create`: flags, image, command. */
export async function createArgs(step: Creating, stepContext: StepContext): Promise<string[]> {
  const flags: string[] = [];
  if (step.name !== undefined) flags.push('--name', realName(stepContext, step.name));
  for (const mount of step.mounts ?? [])
    flags.push('-v', mountSpec(mount, await realPaths(stepContext.session, mount)));
  for (const [key, value] of Object.entries(step.main ? envOf(step.main) : {}))
    flags.push('-e', `${key}=${value}`);
  const command = step.main ? mainArgv(step.main) : [];
  return [...flags, ...imageArgs(stepContext.session), ...command];
}

async function restVolumes(session: Session, mounts: readonly Mount[]): Promise<unknown[]> {
  const volumes: unknown[] = [];
  for (const mount of mounts) {
    const real = await realPaths(session, mount);
    const host = mount.kind === 'missing' ? real.missing : mount.kind === 'managed' ? mount.name : real.dir;
    const at = 'at' in mount ? mount.at : '/mnt/a';
    volumes.push({ host_path: host, guest_path: at, read_only: 'mode' in mount && mount.mode === 'ro' });
  }
  return volumes;
}

/** Body of POST boxes (contract 4.4). */
export async function createBody(step: Creating, stepContext: StepContext): Promise<Record<string, unknown>> {
  const { session } = stepContext;
  return {
    ...('rootfs' in session.image ? { rootfs_path: session.image.rootfs } : { image: session.image.image }),
    ...(step.name === undefined ? {} : { name: realName(stepContext, step.name) }),
    ...(step.main ? { cmd: mainArgv(step.main), env: envOf(step.main) } : {}),
    ...(step.mounts?.length ? { volumes: await restVolumes(session, step.mounts) } : {}),
  };
}
