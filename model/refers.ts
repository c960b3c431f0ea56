import type { By, Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';

/** The fields by which a step of any verb says what it is about; each verb has some of them. */
export interface Refers {
  readonly op: string;
  readonly via?: Surface | undefined;
  readonly as?: string | undefined;
  readonly on?: string | readonly string[] | undefined;
  readonly by?: By | undefined;
  readonly exec?: string | undefined;
  readonly attach?: string | undefined;
  readonly name?: string | undefined;
  readonly main?: Work | undefined;
  readonly work?: Work | undefined;
}
