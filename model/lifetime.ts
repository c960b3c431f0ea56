import type { Surface } from '../domain/surface.ts';
import type { Creating } from './situation.ts';
import type { Box } from './world.ts';

/** Whether a box goes when it stops: what an SDK in local mode makes, unless it was asked to keep it (contract 15.5). */
export const goesAtRest = ({ home, options }: Pick<Box, 'home' | 'options'>): boolean =>
  home === 'sdk' && options.autoDeleteS === undefined;

/** What an SDK is asked for: variables, and in local mode a box that is kept when it stops. */
export const isTold = (via: Surface, name: string): boolean =>
  name === 'env' || (via === 'local-sdk' && name === 'autoDeleteS');

/** In local mode nothing but "never" is asked for; when a box is seen to go that ends by itself is not said. */
const isKeptLocally = ({ autoDeleteS, main }: Creating): boolean =>
  autoDeleteS === undefined ? !main || main.do === 'hold' : autoDeleteS === 0;

/** Whether a box may be asked to live so: to outlive its maker, or to be kept, is of local mode alone. */
export const hasLifetime = (step: Creating): boolean =>
  step.via === 'local-sdk' ? isKeptLocally(step) : !step.detach;
