/** What the rows are called that the page is watched for. */
export const WATCHED = { dailies: 'The take to watch', bare: 'The row to watch' } as const;

/** Whose list: Dailies', or that of the bare extension, which is the limit. */
export type Side = keyof typeof WATCHED;

/** Tells the bare extension how many rows it has. */
export const ROWS_VARIABLE = 'DAILIES_BENCH_ROWS';
