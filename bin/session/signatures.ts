import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import type { Identity } from '../../domain/identity.ts';
import { parseJson } from '../../files/json.ts';
import { changeShared, recallShared } from '../../files/shared.ts';
import { removePath, toJson } from '../../files/write.ts';
import type { FindingLine } from '../../report/invocation-record.ts';

/** What a run writes at its end has at most so much later a time than the index of what it has seen. */
const WRITTEN_MS = 2_000;

const text = z.string();
const entrySchema = z.strictObject({
  ...{ target: text, key: text, text, family: text, firstSeen: text, lastSeen: text },
  /** Directories of the runs that it was seen in. */
  runs: z.array(text),
  versions: z.array(text),
  /** Folder of its best program, below `--out`; how long that is, and whether anything is left to do about it. */
  ...{ dir: text, steps: z.int(), judged: z.boolean(), open: z.boolean() },
});

/** What all runs below one `--out` know of one signature on one target. */
type SeenSignature = z.infer<typeof entrySchema>;
/** Signatures of one target, by their keys. */
export type SeenSignatures = ReadonlyMap<string, SeenSignature>;

/** What an invocation has found on its target, and where that goes. */
interface Invocation {
  readonly engine: { readonly target: { readonly identity: Identity } };
  readonly out: string;
  readonly dir: string;
  readonly before: SeenSignatures;
  readonly findings: ReadonlyMap<string, FindingLine>;
  readonly warnings: string[];
}

const schema = z.strictObject({ format: z.literal(1), signatures: z.array(entrySchema) });
const fileOf = (out: string): string => join(out, 'signatures.json');
const parse = (json: string, file: string): SeenSignature[] => parseJson(file, json, { schema }).signatures;

/** Recalls what earlier runs have found on a target; a file that cannot be read is set aside. */
export async function recallSignatures(out: string, target: string) {
  const { value = [], setAside } = await recallShared(fileOf(out), parse);
  const before: SeenSignatures = new Map(
    value.filter((one) => one.target === target).map((one) => [one.key, one]),
  );
  return { before, setAside };
}

/** Keeps for the next run which signatures this one has seen so far; those still being made shorter wait. */
export const rememberSignatures = (invocation: Invocation): Promise<SeenSignatures> =>
  remember(
    invocation,
    [...invocation.findings.values()].filter(({ open }) => !open),
  );

/** Does the same with all at the end, and leaves of each signature the folder with the best program. */
export async function settleSignatures(invocation: Invocation): Promise<void> {
  const { out, before, findings, warnings } = invocation;
  const best = await remember(invocation, [...findings.values()]);
  for (const line of findings.values()) {
    const kept = best.get(line.key);
    if (!kept) continue;
    const dir = join(out, kept.dir);
    const earlier = before.get(line.key);
    const others = [line.dir, join(out, earlier?.dir ?? '')].filter(
      (other) => other !== dir && isFolder(out, other),
    );
    for (const other of others) {
      if (other === line.dir || !isChanged(other, earlier?.lastSeen)) removePath(other);
      else warnings.push(`${other}: somebody has changed it, so it stays; the best program is in ${dir}`);
    }
    // Both are of one folder: its path, and how long the program in it is.
    if (isFolder(out, line.dir)) Object.assign(line, { dir, steps: kept.steps });
  }
}

/** Whether a folder holds a file that is newer than the run that last wrote into it. */
const isChanged = (dir: string, lastSeen = ''): boolean =>
  existsSync(dir) &&
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).some(
    (name) => statSync(join(dir, name)).mtimeMs > Date.parse(lastSeen) + WRITTEN_MS,
  );

/** Nothing but a folder of a finding is ever removed. */
const isFolder = (out: string, dir: string): boolean =>
  dir === join(out, 'findings', basename(dir)) && basename(dir) !== 'findings';

async function remember(invocation: Invocation, lines: readonly FindingLine[]): Promise<SeenSignatures> {
  const { target } = invocation.engine.target.identity;
  const all = new Map<string, SeenSignature>();
  const kept = lines.filter(({ dir }) => isFolder(invocation.out, dir));
  if (kept.length === 0) return all;
  const placeOf = (one: Pick<SeenSignature, 'target' | 'key'>): string => `${one.target} ${one.key}`;
  await changeShared(fileOf(invocation.out), parse, (before) => {
    for (const old of before ?? []) all.set(placeOf(old), old);
    for (const line of kept) {
      const seen = seenNow(invocation, line);
      all.set(placeOf(seen), withOld(seen, all.get(placeOf(seen)), invocation.out));
    }
    return toJson({ format: 1, signatures: [...all.values()] });
  });
  const here = [...all.values()].filter((one) => one.target === target);
  return new Map(here.map((one) => [one.key, one]));
}

function seenNow({ engine, dir, out }: Invocation, line: FindingLine): SeenSignature {
  const { target, version } = engine.target.identity;
  const { key, text, family, steps } = line;
  const now = new Date().toISOString();
  const done = { judged: line.verdict !== null, open: line.open !== undefined };
  const place = { dir: relative(out, line.dir), steps, ...done };
  const when = { firstSeen: now, lastSeen: now, runs: [basename(dir)], versions: [version] };
  return { target, key, text, family, ...when, ...place };
}

/** Of two folders the one that is there, judged; of two alike that of a version that the other is not of, shorter, or nearer the end. */
function withOld(now: SeenSignature, old: SeenSignature | undefined, out: string): SeenSignature {
  if (!old) return now;
  const isNews = now.versions.some((version) => !old.versions.includes(version));
  const isNearer = now.steps === old.steps && old.open && !now.open;
  const isBetter = now.judged === old.judged ? isNews || now.steps < old.steps || isNearer : now.judged;
  const { dir, steps, judged, open } = isBetter || !existsSync(join(out, old.dir)) ? now : old;
  return {
    ...{ ...now, dir, steps, judged, open, firstSeen: old.firstSeen },
    runs: [...new Set([...old.runs, ...now.runs])],
    versions: [...new Set([...old.versions, ...now.versions])],
  };
}
