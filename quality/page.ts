import { style } from '../report/html-style.ts';
import { escapeText } from '../report/markup.ts';
import { killCurve } from './plots.ts';
import type { Scoreboard } from './scoreboard-record.ts';
import type { Row } from './summary.ts';
import { cellsOf, headings, totalLines } from './table.ts';

const plotStyle = `
svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; } svg text { fill: currentColor; }
.grid { stroke: #8884; } .curve { fill: none; stroke: #2f6fd0; stroke-width: 2; }
`;

/** The scoreboard as one page: no script, no file besides it. */
export function page(board: Scoreboard): string {
  const title = `Oracle scoreboard: ${board.target}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeText(title)}</title><style>${style}${plotStyle}</style></head><body>
<h1>${escapeText(title)}</h1>
<p class="banner">Seeded defects of the reference runtime: this says how well the suite finds bugs, nothing about BoxLite.
${escapeText(board.startedAt)}, ${board.seeds} seeds a defect, at most ${board.programs} programs a trial${board.complete ? '' : '; <strong>not complete</strong>'}.</p>
<ul>${totalLines(board.totals)
    .map((text) => `<li>${escapeText(text)}</li>`)
    .join('')}</ul>
<h2>Share of trials that had found their defect after so many programs</h2>
${killCurve(board.trials, board.programs)}
<h2>Not reachable (${board.unreachable.length})</h2>
<table>${board.unreachable.map(({ name, why }) => `<tr><td><code>${escapeText(name)}</code></td><td>${escapeText(why)}</td></tr>`).join('')}</table>
<h2>Defects</h2>
<table><tr>${headings.map((heading) => `<th>${escapeText(heading)}</th>`).join('')}</tr>
${board.rows.map(rowMarkup).join('\n')}</table>
</body></html>
`;
}

const rowMarkup = (row: Row): string => {
  const kind = row.killed < row.trials ? ' class="bad"' : '';
  return `<tr${kind}>${cellsOf(row)
    .map((cell) => `<td>${escapeText(cell)}</td>`)
    .join('')}</tr>`;
};
