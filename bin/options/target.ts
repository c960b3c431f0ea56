import { counted } from '../../domain/counted.ts';
import { type TargetName, targetNames } from '../../domain/identity.ts';
import { mostLanes } from '../../runtime/targets/lanes.ts';
import { UsageError } from '../cli/errors.ts';
import type { Globals } from './globals.ts';

/** The flags that each target makes use of, besides `--out` and `--json`. */
const takes = {
  reference: ['version', 'defect', 'resident'],
  lab: ['version', 'boxlite', 'urlBoxlite'],
  host: ['boxlite', 'urlBoxlite', 'image', 'rootfs'],
  external: ['url', 'apiKey', 'pathPrefix', 'home', 'boxlite', 'image', 'rootfs', 'version'],
} as const satisfies Record<TargetName, readonly (keyof Globals)[]>;
const targetFlags = [...new Set(Object.values(takes).flat())];

/** A flag as it is written. */
export const flagOf = (key: string): string => `--${key.replaceAll(/[A-Z]/gu, (c) => `-${c.toLowerCase()}`)}`;

/**
 * The target that is meant: the one named, else the one that the other flags are about, else the best there is.
 * @throws UsageError when a flag is one that the target ignores
 */
export function chosenTarget(globals: Globals): TargetName | 'best' {
  const asked = (['defect', 'url', 'home'] as const).find((key) => globals[key] !== undefined);
  const meant = asked === 'defect' ? 'reference' : asked ? 'external' : 'best';
  const target = globals.target ?? meant;
  for (const key of targetFlags) {
    const owners = targetNames.filter((name) => (takes[name] as readonly string[]).includes(key));
    if (globals[key] === undefined || target === 'best' || owners.includes(target)) continue;
    const why = globals.target || !asked ? '' : ` (which ${flagOf(asked)} asks for)`;
    throw new UsageError(`${flagOf(key)}: only for target ${owners.join(' or ')}, not ${target}${why}`);
  }
  for (const key of ['apiKey', 'pathPrefix'] as const)
    if (globals[key] !== undefined && globals.url === undefined)
      throw new UsageError(`${flagOf(key)}: only together with --url`);
  const { lanes = 1 } = globals;
  if (lanes !== 'usual' && target !== 'best' && lanes > mostLanes[target])
    throw new UsageError(
      `--lanes ${lanes}: target ${target} takes ${counted(mostLanes[target], 'program')} at a time`,
    );
  return target;
}
