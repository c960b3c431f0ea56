import { stepSchema } from '../program/step.ts';

/** Every operation on every surface it exists on, as the program's schema has them; `-` where there is no choice. */
export function commandSurfaces(): { op: string; surface: string }[] {
  return stepSchema.options.flatMap(({ shape }) => {
    const op = shape.op.value;
    if (!('via' in shape)) return [{ op, surface: '-' }];
    return shape.via.options.map((surface) => ({ op, surface }));
  });
}
