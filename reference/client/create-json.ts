import type { CreateRequest } from '../backend/backend.ts';

/** Body of POST boxes; what was not asked for is left to the server. */
export function createJson(request: CreateRequest): Record<string, unknown> {
  const { source, volumes, autoStopS, autoDeleteS } = request;
  return {
    ...(request.name === null ? {} : { name: request.name }),
    ...('image' in source ? { image: source.image } : { rootfs_path: source.rootfs }),
    entrypoint: request.entrypoint,
    cmd: request.cmd,
    env: request.env,
    working_dir: request.workdir,
    ...(request.user === '' ? {} : { user: request.user }),
    tty: request.tty,
    cpus: request.cpus,
    memory_mib: request.memoryMib,
    detach: request.detached,
    ...(volumes.length === 0 ? {} : { volumes }),
    ...(autoStopS === undefined ? {} : { auto_stop: autoStopS }),
    ...(autoDeleteS === undefined ? {} : { auto_delete: autoDeleteS }),
    ...(request.autoResume ? {} : { auto_resume: false }),
  };
}
