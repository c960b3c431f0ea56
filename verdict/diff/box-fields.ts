import type { BoxObservation } from '../../domain/observation.ts';
import type { BoxExpect } from '../../model/expect.ts';
import type { Field } from './observed.ts';

/** The handle a program has for a real id; undefined for a box whose id no step was told. */
export type Aliases = (id: string) => string | undefined;

/** Boxes on a shared runtime have the run's own tag in front of their names. */
const TAG = /^bc[0-9]+-/u;

const nameOf = ({ name }: BoxObservation): string =>
  name === null ? 'none' : JSON.stringify(name.replace(TAG, ''));

/** A code as shown; `0 or none` where the view has one word for both. */
function codeOf({ exitCode, zeroCode }: BoxObservation): string {
  if (zeroCode) return '0 or none';
  return exitCode === undefined ? 'not shown' : String(exitCode ?? 'none');
}

/** A directory's path differs from machine to machine: only what kind of image it is counts. */
const imageOf = ({ image }: BoxObservation): string =>
  image === undefined ? 'not shown' : image.startsWith('rootfs:') ? 'rootfs' : 'image';

/**
 * How one box is shown. Where the contract allows several states, or does not speak of the box at all (a short
 * command may be over before the answer to its start), which one it is is a race.
 */
export function boxFields(box: BoxObservation, expect: BoxExpect | undefined, aliases: Aliases): Field[] {
  const rank = expect?.states.length === 1 ? 'firm' : 'free';
  return [
    { name: 'which box', value: aliases(box.id) ?? 'unnamed', rank: 'firm' },
    { name: 'name', value: nameOf(box), rank: 'firm', data: true },
    { name: 'status', value: box.status, rank },
    { name: 'code', value: codeOf(box), rank },
    { name: 'pid', value: box.pid === undefined ? 'not shown' : box.pid ? 'told' : 'none', rank },
    { name: 'image', value: imageOf(box), rank: 'firm' },
  ];
}

/**
 * The boxes of a list, in an order of our own: that of equal times is left open, others are judged. Their states
 * alone tell what kind of difference it is.
 */
export function listFields(boxes: readonly BoxObservation[], rank: Field['rank'], aliases: Aliases): Field[] {
  const sorted = (tell: (box: BoxObservation) => string): string =>
    boxes.map(tell).sort().join(', ') || 'no boxes';
  const state = (box: BoxObservation): string => `${box.status} ${codeOf(box)}`;
  const whole = (box: BoxObservation): string =>
    `${aliases(box.id) ?? 'unnamed'} ${nameOf(box)} ${state(box)}`;
  return [
    { name: 'states', value: sorted(state), rank },
    { name: 'boxes', value: sorted(whole), rank, data: true },
  ];
}
