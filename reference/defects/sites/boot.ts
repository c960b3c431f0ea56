import type { Owner } from '../../core/box.ts';
import { defect } from '../switch.ts';

/** Who a VM is booted for. */
export function spoiledOwner(owner: Owner): Owner {
  if (owner === 'detached') return defect('detached-dies-with-owner') ? 'connection' : owner;
  return defect('foreground-outlives-cli') ? 'detached' : owner;
}

/** Arguments as they reach a command. */
export const spoiledArgv = (argv: string[]): string[] =>
  argv.includes('') && defect('empty-arguments-dropped') ? argv.filter((word) => word !== '') : argv;
