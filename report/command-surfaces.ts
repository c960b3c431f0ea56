import { verbs } from '../commands/index.ts';

/** Every operation on every surface it exists on; `-` where there is no choice. */
export const commandSurfaces = (): { op: string; surface: string }[] =>
  Object.values(verbs).flatMap(({ op, surfaces }) =>
    surfaces.length === 0 ? [{ op, surface: '-' }] : surfaces.map((surface) => ({ op, surface })),
  );
