import { type TargetName, targetNames } from '../../domain/identity.ts';
import { profileIds } from '../../model/profile.ts';
import { UsageError } from '../cli/errors.ts';
import { defined, type Globals } from '../options/globals.ts';
import { serverUrl } from '../options/values.ts';

/** One target of a comparison: what it is called, and the options it is opened with. */
export interface Side {
  readonly label: string;
  readonly target: TargetName;
  readonly globals: Globals;
}

const HOW = 'give two, such as reference,lab or lab@0.10.0,lab@0.10.7 or reference,reference+force-ignored';

/** What may stand behind a target's name: groups are called as the option that they stand for. */
const version = '(?:@(?<version>[\\w.-]+))?';
const variants: Record<TargetName, { variant: RegExp; options: readonly (keyof Globals)[] }> = {
  reference: { variant: new RegExp(`^${version}(?<defect>\\+.+)?$`, 'u'), options: ['resident'] },
  lab: { variant: new RegExp(`^${version}$`, 'u'), options: ['version', 'boxlite'] },
  host: { variant: /^(?:@(?<boxlite>.+))?$/su, options: ['boxlite'] },
  external: {
    variant: /^(?:@(?<url>.+))?$/su,
    options: ['url', 'apiKey', 'pathPrefix', 'home', 'image', 'rootfs', 'boxlite'],
  },
};

/**
 * The two targets of `--targets A,B`. Other options hold for the sides they are about.
 * @throws UsageError that names the part that is wrong and what would be right
 */
export function parseSides(text: string, common: Globals): [Side, Side] {
  if (common.defect) {
    throw new UsageError('--defect: name it with its side: --targets reference,reference+NAME');
  }
  const [a, b, ...others] = text.split(',').map((spec) => spec.trim());
  if (!a || !b || others.length > 0) throw new UsageError(`--targets ${text}: ${HOW}`);
  // The same target twice shows what differs between two runs of one runtime.
  const label = (spec: string, i: number): string => (a === b ? `${spec}#${i}` : spec);
  return [sideOf(a, label(a, 1), common), sideOf(b, label(b, 2), common)];
}

function sideOf(spec: string, label: string, common: Globals): Side {
  const wrong = (why: string): UsageError => new UsageError(`--targets: "${spec}" ${why}; ${HOW}`);
  const target = targetNames.find((name) => name === /^[a-z]*/u.exec(spec)?.[0]);
  if (!target) throw wrong(`is no target; one of ${targetNames.join(', ')} is wanted`);
  const { variant, options } = variants[target];
  const match = variant.exec(spec.slice(target.length));
  if (!match)
    throw wrong('is unclear: @VERSION stands behind lab and reference, +DEFECT behind reference only');
  const { defect, ...own } = match.groups ?? {};
  if (target === 'reference' && own.version && !profileIds.includes(own.version))
    throw wrong(`is none: the reference plays ${profileIds.join(', ')}`);
  if (own.url !== undefined) own.url = serverUrl(own.url);
  const shared = Object.fromEntries(options.map((key) => [key, common[key]]));
  const all = { ...shared, target, ...defined(own), defect: defect?.slice(1).split('+') };
  return { label, target, globals: defined(all) };
}
