import { type BoxOptions, type Capability, capabilities } from '../domain/options.ts';

const ANY: readonly [number, number] = [1, Number.MAX_SAFE_INTEGER];
const GIB_IN_KIB = 2 ** 20;
/** No image is larger; what is below that of the box has no effect (contract 12.2). */
const LARGEST_IMAGE_GB = 15;

/** Processors, memory and root disk that a guest shows, in KiB: what was asked for, less what systems keep for themselves. */
export const machineOf = ({ cpus, memoryMib, diskGb = 0 }: BoxOptions): (readonly [number, number])[] => [
  cpus === undefined ? ANY : [cpus, cpus],
  memoryMib === undefined ? ANY : [memoryMib * 1024 * 0.75, memoryMib * 1024],
  diskGb < LARGEST_IMAGE_GB ? ANY : [Math.ceil(diskGb * GIB_IN_KIB * 0.9), diskGb * GIB_IN_KIB],
];

const bitsOf = (names: readonly Capability[] = []): number[] =>
  names.flatMap((name) => {
    const bit = capabilities[name];
    if (bit === 'all') return Object.values(capabilities).filter((other) => typeof other === 'number');
    return bit ?? [];
  });

/** Bits that are set and clear: what is named counts more than ALL, of which all that has a name here is looked at. */
export function capabilitiesOf({ capAdd = [], capDrop = [] }: BoxOptions): {
  set: number[];
  clear: number[];
} {
  const own = (names: readonly Capability[]) => bitsOf(names.filter((name) => name !== 'ALL'));
  return {
    set: bitsOf(capAdd).filter((bit) => !own(capDrop).includes(bit)),
    clear: bitsOf(capDrop).filter((bit) => !own(capAdd).includes(bit)),
  };
}
