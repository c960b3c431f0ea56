import { defect } from '../defects/switch.ts';
import type { Policy } from './network.ts';

/** What a machine is built of. */
export interface Hardware {
  cpus: number;
  memoryMib: number;
  /** 0: as large as its image. */
  diskGb: number;
  /** Effective capabilities of root in its container, in hexadecimal. */
  capabilities: string;
  hasNetwork: boolean;
  policy: Policy;
}

/** The smallest that there is. */
export const plainHardware: Hardware = {
  cpus: 1,
  memoryMib: 1024,
  diskGb: 0,
  capabilities: '0',
  hasNetwork: true,
  policy: { outbound: true, rules: [] },
};

const imageGb = 10;

/** Processors, memory and root disk in KiB as programs see them: the kernel and the file system keep a part. */
export function seenOf({ cpus, memoryMib, diskGb }: Hardware): number[] {
  const memory = defect('memory-ignored') ? plainHardware.memoryMib : memoryMib;
  const disk = defect('disk-size-ignored') ? imageGb : Math.max(diskGb, imageGb);
  return [
    defect('cpus-ignored') ? plainHardware.cpus : cpus,
    Math.floor(memory * 1024 * 0.95),
    Math.floor(disk * 2 ** 20 * 0.98),
  ];
}
