/** What a bench found. */
export interface Findings {
  /** The figures, for machines. */
  readonly json: object;
  /** The same and what they mean, for people. */
  readonly table: string;
}

/** A bench: each file in `test/bench` but the command line exports one by the name `bench`. */
export interface Bench {
  /** What is measured against what, in a line. */
  readonly title: string;
  run(): Promise<Findings>;
}

/** Rows as text, the first column to the left and the others to the right. The first row is the heading. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_heading, column) =>
    Math.max(...rows.map(row => (row[column] ?? '').length)),
  );
  return rows
    .map(row =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/** Whether a goal is met, as a word in a table. */
export function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'NOT MET';
}
