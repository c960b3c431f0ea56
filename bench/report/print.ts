import type { PartReport, Table } from './part-report.ts';

/** A part's report as lines for a terminal. */
export function reportLines(report: PartReport): string[] {
  return [
    '',
    `== ${report.part}: measured on ${report.measuredOn}`,
    ...report.tables.flatMap((table) => ['', table.title, ...tableLines(table)]),
    ...(report.notes.length > 0 ? ['', ...report.notes.map((note) => `note  ${note}`)] : []),
    ...report.losses.map((loss) => `LOSS  ${loss}`),
  ];
}

/** A table with aligned columns: text to the left, numbers to the right. */
export function tableLines({ head, rows }: Pick<Table, 'head' | 'rows'>): string[] {
  const widths = head.map((text, i) => Math.max(text.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const right = head.map((_, i) => rows.length > 0 && rows.every((row) => isNumber(row[i] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)];
}

const isNumber = (cell: string): boolean => /^[-–]?[0-9]|^-$/u.test(cell);
