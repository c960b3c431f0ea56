import type { Argv, Json, Ref, Text, Word } from '../../commands/calls.ts';
import { besideExec } from '../../commands/cast.ts';
import { argvJson, argvWords, isArgv } from '../../commands/work.ts';
import { realName, spell, unmade } from './spell.ts';
import type { StepContext } from './step-context.ts';

/** What the references of one step stand for. */
export interface Resolver {
  readonly context: StepContext;
  /** The id that an earlier call of this step told. */
  told: string | undefined;
}

/** The real text behind a reference. */
async function refText({ context, told }: Resolver, ref: Ref): Promise<string> {
  const { session, cast, execIds } = context;
  switch (ref.$) {
    case 'box':
      return spell(context, ref.on, ref.by, ref.via);
    case 'exec':
      return ref.exec.startsWith('?') ? ref.exec.slice(1) : (execIds.get(ref.exec) ?? unmade(ref.exec));
    case 'beside':
      return spell(context, besideExec(cast, ref.exec), ref.by, 'rest');
    case 'told':
      return told ?? unmade('told');
    case 'name':
      return realName(context, ref.name);
    case 'text':
      return ref.text;
    case 'dir':
      return session.host.dir(ref.host);
    case 'missing':
      return session.host.missing();
    case 'port':
      return `${await session.host.port(ref.port)}`;
    case 'scratch':
      return session.host.path(ref, ref.file);
  }
}

/** The real text: references joined with what stands between them, escaped where it is a path. */
export async function realText(
  resolver: Resolver,
  text: Text,
  escaped = (one: string) => one,
): Promise<string> {
  const parts = Array.isArray(text) ? text : [text];
  const real = parts.map(async (part) =>
    typeof part === 'string' ? part : escaped(await refText(resolver, part)),
  );
  return (await Promise.all(real)).join('');
}

/** The real words of a command line. */
export async function realWords(resolver: Resolver, words: readonly Word[]): Promise<string[]> {
  const { image } = resolver.context.session;
  const real = words.map(async (word): Promise<string[]> => {
    if (isArgv(word)) return argvWords(word, await portFor(resolver, word));
    if (isImage(word)) return 'rootfs' in image ? ['--rootfs', image.rootfs] : [image.image];
    return [await realText(resolver, word)];
  });
  return (await Promise.all(real)).flat();
}

/** The real JSON value. */
export async function realJson(resolver: Resolver, json: Json): Promise<unknown> {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return Promise.all(json.map((one) => realJson(resolver, one)));
  if (isArgv(json)) return argvJson(json, await portFor(resolver, json));
  if ('$' in json) return refText(resolver, json as Ref);
  const entries = Object.entries(json).map(async ([key, value]) => [key, await realJson(resolver, value)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Where a listener answers, for a workload that asks it: a box that hears nothing is not believed otherwise. */
async function portFor({ context: { session } }: Resolver, { work }: Argv): Promise<number | undefined> {
  if (work.do !== 'reach') return undefined;
  if (!session.restartServer)
    throw new Error("somebody else's boxes may have another machine for their host");
  return session.host.echo();
}

const isImage = (word: Word): word is { readonly $: 'image' } =>
  typeof word === 'object' && '$' in word && word.$ === 'image';
