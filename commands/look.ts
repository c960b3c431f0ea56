import type { By, Surface } from '../domain/surface.ts';
import type { Call } from './calls.ts';
import { boxPath, typed } from './paths.ts';

/** Shows one box on a surface: inspect, GET box. */
export const look = (step: { via: Surface; on: string; by?: By | undefined }): Call[] => [
  step.via === 'rest'
    ? { call: 'rest', method: 'GET', path: boxPath(step), expecting: 'box' }
    : { call: 'cli', via: step.via, words: ['inspect', typed(step.via, step)], expecting: 'inspect' },
];
