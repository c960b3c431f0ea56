import { type CoverageTable, coverageTable, type SituationCount } from './coverage-table.ts';
import { style } from './html-style.ts';
import {
  exitCodeOf,
  type FindingLine,
  type InvocationRecord,
  type KnownLine,
  type ProgramLine,
} from './invocation-record.ts';
import { escapeText } from './markup.ts';
import { duration } from './stamp.ts';
import { provenance } from './summary.ts';
import { describeVerdict } from './text/failure.ts';

/** The page for the morning: what is new, known, flaky, broken by the machine, and covered. One file, no script. */
export function html(record: InvocationRecord): string {
  const title = `boxcheck ${record.use}: ${provenance(record)}`;
  const flaky = record.findings.filter((finding) => finding.verdict?.class === 'flaky');
  const unsure = record.findings.filter(
    (finding) => finding.verdict === null || finding.verdict.class === 'not-reproduced',
  );
  const firm = record.findings.filter((finding) => !flaky.includes(finding) && !unsure.includes(finding));
  const about = escapeText(provenance(record));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeText(title)}</title><style>${style}</style></head><body>
<h1>${escapeText(title)}</h1>
${banner(record)}
${totals(record)}
${section(`New (${firm.length})`, about, findings(firm))}
${section(`Flaky (${flaky.length})`, about, findings(flaky))}
${section(`Seen once, not reproduced (${unsure.length})`, about, findings(unsure))}
${section(`Known divergences (${record.known.length})`, about, known(record.known))}
${section(
  'Infrastructure',
  about,
  programs(
    record.programs.filter((one) => one.result === 'infrastructure'),
    'The machine held.',
  ),
)}
${section('Programs', about, programs(record.programs, record.use === 'fuzz' ? 'All passed; a fuzz run lists only those that did not.' : 'None was run.'))}
${section('Covered', about, coverage(coverageTable(record.coverage)))}
${section('Environment', about, `<pre>${escapeText(JSON.stringify(record.environment, null, 2))}</pre>`)}
</body></html>
`;
}

const section = (heading: string, about: string, body: string): string =>
  `<h2>${escapeText(heading)} <span class="small">${about}</span></h2>\n${body}`;

function banner(record: InvocationRecord): string {
  const code = exitCodeOf(record);
  const words = { 0: 'Fine.', 1: 'Something failed.', 3: 'Nothing can be said.', 130: 'Interrupted.' }[code];
  const notes = [...(record.why ? [record.why] : []), ...record.warnings];
  if (record.environment.identity.target === 'reference')
    notes.push('Reference runtime: this says nothing about BoxLite.');
  return `<p class="banner ${code === 0 ? 'good' : 'bad'}"><strong>${words}</strong> ${notes.map(escapeText).join('<br>')}</p>`;
}

function totals({ totals: t, totalMs, startedAt, ended }: InvocationRecord): string {
  const cells: [string, string | number][] = [
    ['began', startedAt],
    ['took', `${duration(totalMs)} (ended: ${ended})`],
    [
      'programs',
      `${t.programs}: ${t.passed} passed, ${t.failed} failed, ${t.unconfirmed} unconfirmed, ${t.infrastructure} not run`,
    ],
    ['steps', `${t.steps} (${t.cutShort} not judged)`],
    ['boxes', t.boxes],
    [
      'time',
      `waiting for the runtime ${duration(t.runtimeMs)}, boxcheck ${duration(t.harnessMs)}; processor time of boxcheck ${duration(t.cpuMs)}`,
    ],
  ];
  return `<table>${cells.map(([key, value]) => row([`<strong>${key}</strong>`, escapeText(String(value))])).join('')}</table>`;
}

const row = (cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

const table = (heads: readonly string[], rows: readonly string[]): string =>
  `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>${rows.join('\n')}</table>`;

/** A table of one row an item, or a sentence where there is none. */
const listed = <T>(
  list: readonly T[],
  none: string,
  heads: readonly string[],
  cells: (item: T) => readonly string[],
): string =>
  list.length === 0
    ? `<p>${escapeText(none)}</p>`
    : table(
        heads,
        list.map((item) => row(cells(item))),
      );

const findings = (list: readonly FindingLine[]): string =>
  listed(list, 'None.', ['what', 'verdict', 'steps', 'programs', 'seed', 'folder'], (one) => [
    escapeText(one.text),
    escapeText(describeVerdict(one.verdict)),
    `${one.steps} of ${one.originalSteps}`,
    String(one.hits),
    String(one.seed ?? ''),
    `<code>${escapeText(one.dir)}</code>`,
  ]);

const known = (list: readonly KnownLine[]): string =>
  listed(list, 'None applied.', ['mark', 'what', 'hits', ''], ({ id, title, hits, misses, stale }) => [
    `<code>${escapeText(id)}</code>`,
    escapeText(title),
    `${hits} of ${hits + misses}`,
    stale ? '<span class="bad">no longer shows: remove the mark</span>' : '',
  ]);

const programs = (list: readonly ProgramLine[], none: string): string =>
  listed(list, none, ['group', 'program', 'steps', 'took', 'result', ''], (one) => [
    one.group,
    escapeText(one.name),
    String(one.steps),
    duration(one.ms),
    `<span class="${{ passed: 'good', unconfirmed: 'note' }[one.result as string] ?? 'bad'}">${one.result}</span>`,
    escapeText(one.why ?? ''),
  ]);

function coverage({ surfaces, rows }: CoverageTable): string {
  if (rows.length === 0) return '<p>Nothing.</p>';
  const body = rows.map(({ op, total, cells }) =>
    row([`<code>${escapeText(op)}</code>`, String(total), ...cells.map(cell)]),
  );
  return table(['operation', 'steps', ...surfaces.map(escapeText)], body);
}

const cell = (situations: readonly SituationCount[]): string => {
  if (situations.length === 0) return '<span class="note">never</span>';
  const total = situations.reduce((sum, one) => sum + one.total, 0);
  const lines = situations.map(
    (one) =>
      `<div><code>${escapeText(one.situation)}</code>: ${one.outcomes.map(({ outcome, count }) => `${escapeText(outcome)} ${count}`).join(', ')}</div>`,
  );
  return `<details><summary>${total} in ${situations.length} situations</summary>${lines.join('')}</details>`;
};
