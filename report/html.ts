import { coverageTable, outcomesText, type SituationCount } from './coverage.ts';
import {
  exitCodeOf,
  type FindingLine,
  type GoneLine,
  type InvocationRecord,
  type ProgramLine,
} from './invocation-record.ts';
import { escapeText } from './markup.ts';
import { duration } from './stamp.ts';
import { leftOpen, provenance, seenText, shownText, spentLines } from './summary.ts';
import { describeVerdict } from './text/failure.ts';

/** The report's own style: no file besides the page, readable in light and dark. */
const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #8884; }
code, pre { font: 13px/1.4 ui-monospace, monospace; } pre { overflow-x: auto; padding: .6rem; background: #8881; }
.good { color: #197a3d; } .bad { color: #c0262d; } .note { color: #9a6700; } .small { font-size: .85rem; opacity: .8; }
.banner { padding: .6rem .8rem; border-left: 4px solid; margin: 1rem 0; }
details summary { cursor: pointer; }
`;

/** The page for the morning: what is new, known, flaky, broken by the machine, and covered. One file, no script. */
export function html(record: InvocationRecord): string {
  const about = escapeText(provenance(record));
  const title = `boxcheck ${record.use}: ${about}`;
  const section = (heading: string, body: string): string =>
    `<h2>${heading} <span class="small">${about}</span></h2>\n${body}`;
  const { gone = [] } = record;
  const groups = Object.groupBy(record.findings, groupOf);
  const { firm = [], seen = [], flaky = [], unsure = [], variant = [], open = [] } = groups;
  const broken = record.programs.filter((one) => one.result === 'infrastructure');
  const none =
    record.use === 'fuzz' ? 'All passed; a fuzz run lists only those that did not.' : 'None was run.';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head><body>
<h1>${title}</h1>
${banner(record)}
${totals(record)}
${section(`New tonight (${firm.length})`, findings(firm))}
${section(`Variants of known divergences (${variant.length})`, findings(variant))}
${section(`Flaky (${flaky.length})`, findings(flaky))}
${section(`New, not run again (${open.length})`, findings(open))}
${section(`Seen once, not reproduced (${unsure.length})`, findings(unsure))}
${section(`Seen before (${seen.length})`, findings(seen))}
${section(`Gone (${gone.length})`, goneSignatures(gone))}
${section(`Known divergences (${record.known.length})`, known(record))}
${section('Infrastructure', `${programs(broken, 'No program was left alone.')}\n${brokenRuns(record)}`)}
${section('Programs', programs(record.programs, none))}
${section('Covered', coverage(record))}
${section('Environment', `<pre>${escapeText(JSON.stringify(record.environment, null, 2))}</pre>`)}
</body></html>
`;
}

function groupOf(finding: FindingLine): 'firm' | 'seen' | 'flaky' | 'unsure' | 'variant' | 'open' {
  const { verdict, variantOf, seen } = finding;
  if (variantOf) return 'variant';
  if (seen) return 'seen';
  if (verdict === null) return 'open';
  if (verdict.class === 'flaky') return 'flaky';
  return verdict.class === 'not-reproduced' ? 'unsure' : 'firm';
}

/** What stands in a table: text, which is escaped, or markup. */
type Cell = string | number | { readonly markup: string };

const element = (name: string, text: string, kind?: string): { markup: string } => ({
  markup: `<${name}${kind ? ` class="${kind}"` : ''}>${escapeText(text)}</${name}>`,
});

const row = (cells: readonly Cell[], name = 'td'): string =>
  `<tr>${cells.map((cell) => `<${name}>${typeof cell === 'object' ? cell.markup : escapeText(String(cell))}</${name}>`).join('')}</tr>`;

const table = (heads: readonly string[], rows: readonly (readonly Cell[])[], none = 'None.'): string =>
  rows.length === 0
    ? `<p>${none}</p>`
    : `<table>${row(heads, 'th')}${rows.map((cells) => row(cells)).join('\n')}</table>`;

function banner(record: InvocationRecord): string {
  const code = exitCodeOf(record);
  const words = { 0: 'Fine.', 1: 'Something failed.', 3: 'Nothing can be said.', 130: 'Interrupted.' }[code];
  const early = record.ended === 'infrastructure' ? ['Ended early.'] : [];
  const notes = [...early, ...(record.why ? [record.why] : []), ...leftOpen(record), ...record.warnings];
  if (record.environment.identity.target === 'reference')
    notes.push('Reference runtime: this says nothing about BoxLite.');
  return `<p class="banner ${code === 0 ? 'good' : 'bad'}"><strong>${words}</strong> ${notes.map(escapeText).join('<br>')}</p>`;
}

function totals(record: InvocationRecord): string {
  const { totals: t, totalMs, startedAt, ended } = record;
  const counts = `${t.passed} passed, ${t.failed} failed, ${t.unconfirmed} unconfirmed, ${t.unjudged} not judged, ${t.infrastructure} not run`;
  const spent = `waiting for the runtime ${duration(t.runtimeMs)}, boxcheck ${duration(t.harnessMs)}; processor time of boxcheck ${duration(t.cpuMs)}`;
  const lines: [string, Cell][] = [
    ['began', startedAt],
    ['took', `${duration(totalMs)} (ended: ${ended})`],
    ['programs', `${t.programs}${t.corpus > 0 ? ` and ${t.corpus} of the corpus` : ''}: ${counts}`],
    ['steps', `${t.steps} (${t.cutShort} not judged)`],
    ['boxes', t.boxes],
    ['time', spent],
    ['spent', spentLines(record).join('; ')],
  ];
  return `<table>${lines.map(([name, cell]) => row([element('strong', name), cell])).join('')}</table>`;
}

/** Findings by family: those of one may well be one bug. */
const findings = (list: readonly FindingLine[]): string =>
  table(
    ['what', 'verdict', 'steps', 'programs', 'seed', 'seen', 'folder'],
    Object.values(Object.groupBy(list, ({ family }) => family)).flatMap((family = []) => [
      ...(family.length > 1 ? [[element('strong', `${family.length} alike: ${family[0]?.family}`)]] : []),
      ...family.map(findingCells),
    ]),
  );

const findingCells = (one: FindingLine): Cell[] => [
  one.variantOf ? `${one.text} (like ${one.variantOf})` : one.text,
  ...[describeVerdict(one.verdict), `${one.steps} of ${one.originalSteps}`],
  ...[one.hits, one.seed ?? '', seenText(one), element('code', one.dir)],
];

const goneSignatures = (list: readonly GoneLine[]): string =>
  table(
    ['seen before, and not this time', 'last seen', 'runs', 'versions', 'folder'],
    list.map((one) => [one.text, one.lastSeen, one.runs, one.versions.join(', '), element('code', one.dir)]),
  );

const known = ({ known }: InvocationRecord): string =>
  table(
    ['mark', 'what', 'hits', ''],
    known.map((mark) => [
      ...[element('code', mark.id), mark.title, shownText(mark)],
      mark.stale ? element('span', 'no longer shows: remove the mark', 'bad') : '',
    ]),
    'None applied.',
  );

const programs = (list: readonly ProgramLine[], none: string): string =>
  table(
    ['group', 'program', 'steps', 'took', 'result', ''],
    list.map((one) => {
      const kind = { passed: 'good', unconfirmed: 'note' }[one.result as string] ?? 'bad';
      const result = element('span', one.result, kind);
      return [one.group, one.name, one.steps, duration(one.ms), result, one.why ?? ''];
    }),
    none,
  );

const brokenRuns = ({ broken }: InvocationRecord): string =>
  table(
    ['program', 'runs the machine broke', 'how'],
    broken.map(({ program, times, why }) => [program, times, why]),
    'The machine held.',
  );

function coverage(record: InvocationRecord): string {
  const { surfaces, rows } = coverageTable(record.coverage);
  const body = rows.map(({ op, total, cells }) => [element('code', op), total, ...cells.map(states)]);
  return table(['operation', 'steps', ...surfaces], body, 'Nothing.');
}

function states(situations: readonly SituationCount[]): Cell {
  if (situations.length === 0) return element('span', 'never', 'note');
  const total = situations.reduce((sum, one) => sum + one.total, 0);
  const lines = situations.map(
    (one) => `<div>${element('code', one.situation).markup}: ${escapeText(outcomesText(one))}</div>`,
  );
  return {
    markup: `<details><summary>${total} in ${situations.length} situations</summary>${lines.join('')}</details>`,
  };
}
