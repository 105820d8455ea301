import type { FromPage, PageState } from '../protocol.ts';

/** What VS Code gives a page to speak with its extension. */
export interface Host {
  postMessage(message: FromPage): void;
  /** Kept across a reload of the window. */
  setState(state: SavedState): void;
  getState(): unknown;
}

/** The extension's part of what is kept, and the page's: where it stood in which file. */
export type SavedState = PageState & { readonly source: string; readonly time: number };

declare function acquireVsCodeApi(): Host;

/** The extension's end of the line. */
export const host: Host = acquireVsCodeApi();

/** Where the page stood in a file before it was put away with its tab, s; `undefined` for another file. */
export function savedTime(source: string): number | undefined {
  const state = host.getState() as Partial<SavedState> | undefined;
  return state?.source === source ? state.time : undefined;
}
