import { type TargetName, targetNames } from '../../domain/identity.ts';
import { profileIds } from '../../model/profile.ts';
import { UsageError } from '../cli/errors.ts';
import { checkFlags } from '../options/choose.ts';
import { defined, type Globals } from '../options/globals.ts';

/** One target of a comparison: what it is called, and the options it is opened with. */
export interface Side {
  readonly label: string;
  readonly target: TargetName;
  readonly globals: Globals;
}

const HOW = 'give two, such as reference,lab or lab@0.10.0,lab@0.10.7 or reference,reference+force-ignored';

/**
 * The two targets of `--targets A,B`. Other options hold for the sides they are about.
 * @throws UsageError that names the part that is wrong and what would be right
 */
export function parseSides(text: string, common: Globals): [Side, Side] {
  if (common.defect) {
    throw new UsageError('--defect: name it with its side: --targets reference,reference+NAME');
  }
  const specs = text.split(',').map((spec) => spec.trim());
  const [a, b] = specs;
  if (!a || !b || specs.length !== 2) throw new UsageError(`--targets ${text}: ${HOW}`);
  const sides: [Side, Side] = [sideOf(a, common), sideOf(b, common)];
  if (a !== b) return sides;
  // The same target twice shows what differs between two runs of one runtime.
  return [
    { ...sides[0], label: `${a}#1` },
    { ...sides[1], label: `${b}#2` },
  ];
}

function sideOf(label: string, common: Globals): Side {
  const [, name = '', rest = ''] = /^([a-z]+)(.*)$/su.exec(label) ?? [];
  if (!(targetNames as readonly string[]).includes(name)) {
    throw new UsageError(
      `--targets: "${label}" is no target; one of ${targetNames.join(', ')} is wanted, ${HOW}`,
    );
  }
  const target = name as TargetName;
  return {
    label,
    target,
    globals: { ...commonOf(target, common), target, ...variantOf(label, target, rest) },
  };
}

/** An option about another kind of target is no mistake here: it is for the other side. */
function commonOf(target: TargetName, common: Globals): Globals {
  const { url, apiKey, pathPrefix, home, image, rootfs, version, boxlite, out, json } = common;
  const external = { url, apiKey, pathPrefix, home, image, rootfs, boxlite };
  const own = { external, lab: { version, boxlite }, host: { boxlite }, reference: {} }[target];
  return defined({ ...own, out, json });
}

/** What stands behind a target's name. */
function variantOf(label: string, target: TargetName, rest: string): Globals {
  if (rest === '') return {};
  if (target === 'host' || target === 'external') {
    if (!rest.startsWith('@') || rest.length === 1) throw wrong(label, 'a + or nothing behind its name');
    return target === 'host' ? { boxlite: rest.slice(1) } : { url: rest.slice(1) };
  }
  const [version = '', ...defects] = rest.split('+');
  if (version !== '' && !/^@[\w.-]+$/u.test(version)) throw wrong(label, 'no version behind the @');
  if (target === 'lab' && defects.length > 0)
    throw wrong(label, 'only the reference runtime has seeded defects');
  if (target === 'reference' && version !== '' && !profileIds.includes(version.slice(1))) {
    throw wrong(label, `the reference plays ${profileIds.join(', ')}`);
  }
  return {
    ...(version === '' ? {} : { version: version.slice(1) }),
    ...(defects.length === 0 ? {} : { defect: defects }),
  };
}

const wrong = (label: string, why: string): UsageError =>
  new UsageError(`--targets: "${label}": ${why}; ${HOW}`);

/** Checks what the sides say before anything is started. @throws UsageError */
export async function checkSides(sides: readonly Side[]): Promise<void> {
  for (const { globals } of sides) await checkFlags(globals);
}
