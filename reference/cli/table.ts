/** A drawn table: a header and rows of equal length (contract 2.7). */
export function tableOf(header: string[], rows: string[][]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const cells = (row: string[]) =>
    `│${widths.map((width, i) => ` ${(row[i] ?? '').padEnd(width)} `).join('│')}│`;
  const body = rows.map(cells);
  return [line('┌', '┬', '┐'), cells(header), line('├', '┼', '┤'), ...body, line('└', '┴', '┘'), ''].join(
    '\n',
  );
}
