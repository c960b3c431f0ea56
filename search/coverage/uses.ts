import { z } from 'zod';
import * as handleSchemas from '../../domain/handle.ts';
import { type Step, stepSchema } from '../../program/step.ts';

/** A kind of value that a field of a step may have: `exec.work.flood.bytes`, `100000+`. */
export interface Use {
  readonly field: string;
  readonly kind: string;
}

/** A kind of value, and how often a value is of it. */
interface Counted extends Use {
  count(value: unknown): number;
}

/** What says which box, execution or attach is meant: no option of a step. */
const handles: ReadonlySet<unknown> = new Set(Object.values(handleSchemas));

const leaf = (field: string, kind: string, is: (value: unknown) => boolean): Counted => ({
  ...{ field, kind },
  count: (value) => (is(value) ? 1 : 0),
});

const word = (field: string, one: unknown): Counted =>
  leaf(field, one === '' ? '""' : String(one), (value) => value === one);

/** The same kinds of the parts of a value. */
const within = (kinds: readonly Counted[], parts: (value: unknown) => readonly unknown[]): Counted[] =>
  kinds.map(({ count, ...use }) => ({
    ...use,
    count: (value) => parts(value).reduce<number>((sum, part) => sum + count(part), 0),
  }));

/** Every kind of value that a schema allows in a field: a new verb, option or word of one has its own by itself. */
function kindsOf(schema: unknown, field: string): Counted[] {
  if (handles.has(schema)) return [];
  if (schema instanceof z.ZodOptional) {
    const given = schema.unwrap();
    // A switch that is off is one that is left out.
    return given instanceof z.ZodBoolean ? [word(field, true)] : kindsOf(given, field);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap(variantsBy(schema, field));
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) =>
      within(kindsOf(option, field), (value) =>
        (option as z.ZodType).safeParse(value).success ? [value] : [],
      ),
    );
  if (schema instanceof z.ZodObject) return fieldsOf(schema, field);
  if (schema instanceof z.ZodArray) return [...lengthsOf(schema, field), ...elementsOf(schema, field)];
  if (schema instanceof z.ZodEnum) return schema.options.map((one) => word(field, one));
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((one) => word(field, one));
  if (schema instanceof z.ZodBoolean) return [true, false].map((one) => word(field, one));
  if (schema instanceof z.ZodNumber) return numbersOf(schema, field);
  if (schema instanceof z.ZodString) return textsOf(schema, field);
  throw new Error(`coverage: it is not known which kinds of values ${field} may have`);
}

const joined = (...names: string[]): string => names.filter((name) => name !== '').join('.');

const valueAt = (value: unknown, key: string): unknown =>
  (value as Record<string, unknown> | undefined)?.[key];

/** The kinds of each option, by the word that tells it from the others, and those of its fields. */
function variantsBy({ def: { discriminator } }: z.ZodDiscriminatedUnion, field: string) {
  return (option: unknown): Counted[] => {
    const { [discriminator]: tells, ...others } = (option as z.ZodObject).shape;
    return [...(tells as z.ZodLiteral).values].flatMap((one) => {
      const isIt = (value: unknown) => (valueAt(value, discriminator) === one ? [value] : []);
      const kinds = fieldsOf(z.object(others), joined(field, String(one)));
      return within([leaf(field || 'op', String(one), () => true), ...kinds], isIt);
    });
  };
}

const fieldsOf = ({ shape }: z.ZodObject, field: string): Counted[] =>
  Object.entries(shape).flatMap(([key, own]) =>
    within(kindsOf(own, joined(field, key)), (value) => [valueAt(value, key)]),
  );

const lengthOf = (value: unknown): number => (value as unknown[] | undefined)?.length ?? 0;

/** A list that is left out is one of nothing. */
const lengthsOf = (schema: z.ZodArray, field: string): Counted[] => [
  ...(schema.safeParse([]).success ? [leaf(field, 'none', (value) => lengthOf(value) === 0)] : []),
  leaf(field, 'one', (value) => lengthOf(value) === 1),
  leaf(field, 'several', (value) => lengthOf(value) > 1),
];

const elementsOf = ({ element }: z.ZodArray, field: string): Counted[] =>
  within(kindsOf(element, field), (value) => (Array.isArray(value) ? value : []));

const below = { kind: 'below 0', from: Number.NEGATIVE_INFINITY, to: 0 };
const zero = { kind: '0', from: 0, to: 1 };
const above = { kind: 'above 0', from: 1, to: Number.POSITIVE_INFINITY };
const decades = Array.from({ length: 7 }, (_, power) => {
  const from = 10 ** power;
  return { kind: `${from}+`, from, to: 10 * from };
});

/** Decades of a number that has a limit; of another one there would be no end. */
function numbersOf(schema: z.ZodNumber, field: string): Counted[] {
  const allows = (value: number): boolean => schema.safeParse(value).success;
  const bands = allows(Number.MAX_SAFE_INTEGER) ? [above] : decades;
  return [below, zero, ...bands].flatMap(({ kind, from, to }) =>
    [from, to - 1].some(allows)
      ? [leaf(field, kind, (value) => typeof value === 'number' && from <= value && value < to)]
      : [],
  );
}

const isAscii = (value: string): boolean => /^[\0-\x7f]+$/u.test(value);

const texts = [
  { kind: 'empty', is: (value: string) => value === '' },
  { kind: 'ASCII', is: isAscii },
  { kind: 'beyond ASCII', is: (value: string) => value !== '' && !isAscii(value) },
];

/** Texts that fields take which have a form: a path, a gate, a directory of the host, a variable. */
const samples = ['', ...['a', '/a', 'g1', 'h1', 'BC_a'].flatMap((text) => [text, `${text}é`])];

const textsOf = (schema: z.ZodString, field: string): Counted[] =>
  texts.flatMap(({ kind, is }) =>
    samples.some((sample) => is(sample) && schema.safeParse(sample).success)
      ? [leaf(field, kind, (value) => typeof value === 'string' && is(value))]
      : [],
  );

const language = kindsOf(stepSchema, '');

/** The same by verb: of hundreds that a language has, a step uses those of its own. */
const byOp = Map.groupBy(language, ({ field, kind }) => (field === 'op' ? kind : opOf(field)));

/** One as a line of text. */
export const useText = ({ field, kind }: Use): string => `${field}: ${kind}`;

/** All that a program can use, each once. */
export const everyUse: readonly Use[] = [
  ...new Map(language.map(({ field, kind }) => [useText({ field, kind }), { field, kind }])).values(),
];

/** How often each was used, by its line of text. */
export type Uses = ReadonlyMap<string, number>;

function opOf(field: string): string {
  return field.slice(0, field.indexOf('.'));
}

/** The option without its verb; what a process does, whether or not it is the own command of a box. */
export const optionOf = (field: string): string =>
  field.slice(field.indexOf('.') + 1).replace(/^main(?=[.:]|$)/u, 'work');

/** The uses of all verbs together. */
export function ofAnyVerb(uses: Uses): Uses {
  const sums = new Map<string, number>();
  for (const [use, count] of uses) sums.set(optionOf(use), (sums.get(optionOf(use)) ?? 0) + count);
  return sums;
}

/** How often steps use each; what they do not use is left out. */
export function usesOf(steps: readonly Step[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const step of steps)
    for (const { count, ...use } of byOp.get(step.op) ?? []) {
      const times = count(step);
      if (times > 0) sums.set(useText(use), (sums.get(useText(use)) ?? 0) + times);
    }
  return sums;
}
