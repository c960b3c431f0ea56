import type { z } from 'zod';
import type { BoxObservation } from '../../domain/observation.ts';
import type { cliInspectSchema, cliListSchema, RestBox } from './schemas.ts';

/** Box of a REST answer; an absent `exit_code` is null: REST can tell that there is none. */
export const boxOfRest = (box: RestBox): BoxObservation => ({
  id: box.box_id,
  name: box.name,
  status: box.status.toLowerCase(),
  exitCode: box.exit_code ?? null,
  pid: box.pid ?? null,
  image: box.image,
  createdAt: box.created_at,
});

/** Box of `inspect`: a code 0 means 0 or none (contract 2.7). */
export function boxOfInspect(box: z.infer<typeof cliInspectSchema>[number]): BoxObservation {
  const code = box.State.ExitCode;
  return {
    id: box.Id,
    name: box.Name || null,
    status: box.State.Status.toLowerCase(),
    ...(code ? { exitCode: code } : {}),
    ...(code === 0 ? { zeroCode: true } : {}),
    pid: box.State.Pid || null,
    image: box.Image,
    createdAt: box.Created,
  };
}

/** Box of `list`: neither code nor pid. */
export const boxOfList = (box: z.infer<typeof cliListSchema>[number]): BoxObservation => ({
  id: box.ID,
  name: box.Names || null,
  status: box.Status.toLowerCase(),
  image: box.Image,
  createdAt: box.CreatedAt,
});
