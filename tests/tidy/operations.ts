import type { SourceFile } from './files.ts';

/**
 * Places where code depends on the name of an operation: a comparison of an `op`, a switch over one, a set, a list or a
 * record of operations. Predictors, which several verbs share, name theirs.
 */
export function namedOperations(ops: readonly string[]): (file: SourceFile) => string[] {
  return ({ path, text }) => {
    if (!path.endsWith('.ts') || path.startsWith('model/predict/')) return [];
    return rulesFor(ops).flatMap((rule) =>
      [...text.matchAll(rule)].map(({ 0: found, index }) => {
        const line = text.slice(0, index).split('\n').length;
        return `${path}:${line} depends on the name of an operation: ${found.replaceAll(/\s+/gu, ' ')}`;
      }),
    );
  };
}

function rulesFor(ops: readonly string[]): RegExp[] {
  const name = `'(?:${ops.join('|')})'`;
  const key = `(?:${name}|(?:${ops.join('|')})):`;
  return [
    `\\bop *[!=]==? *${name}`,
    `${name} *[!=]==? *[\\w.?]*\\bop\\b`,
    `\\bop\\.(?:startsWith|endsWith|includes|match)\\(`,
    `${name}[^\\]\\n]*\\]\\.includes\\([\\w.?]*\\bop\\b`,
    `Set<Op>[^;]*?\\[[^\\]]*?${name}`,
    `Op\\[\\] = \\[[^\\]]*?${name}`,
    `Record<Op\\b[^=;]*= \\{\\s*(?:\\/\\/[^\\n]*\\s*)*${key}`,
    `switch \\([\\w.?]*\\bop\\) \\{\\s*(?:\\/\\/[^\\n]*\\s*)*case ${name}:`,
  ].map((rule) => new RegExp(rule, 'gu'));
}
