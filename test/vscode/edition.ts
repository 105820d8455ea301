/**
 * The VS Codes that Dailies is tried in: the newest, which all tests know, and the oldest that `engines` in package.json allows,
 * which forks such as Cursor still build on.
 */
export interface Edition {
  /** Its own version. */
  readonly version: string;
  /** The `code-server` that carries its server and workbench. */
  readonly serverVersion: string;
  /** The Node that its server and its extension hosts are built for. */
  readonly node: string;
}

/** Pinned: the selectors of the workbench are written against these. */
export const editions = {
  newest: { version: '1.139.1', serverVersion: '4.139.1', node: '24.21.0' },
  oldest: { version: '1.105.1', serverVersion: '4.105.1', node: '22.20.0' },
} as const satisfies Record<string, Edition>;

export type EditionName = keyof typeof editions;

export function isEditionName(name: string): name is EditionName {
  return Object.hasOwn(editions, name);
}
