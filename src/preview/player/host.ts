import type { FromPage, PageState } from '../protocol.ts';

/** VS Code's webview API. */
export interface Host {
  postMessage(message: FromPage): void;
  /** VS Code keeps the state across reloads of the window, and while the page is hidden. */
  setState(state: SavedState): void;
  getState(): unknown;
}

/** The webview state: which task is shown, the URL of its file, and the position in it, s. */
export type SavedState = PageState & { readonly source: string; readonly time: number };

declare function acquireVsCodeApi(): Host;

/** The connection to the extension. */
export const host: Host = acquireVsCodeApi();

/** The position in a file when the page was last hidden or reloaded, s; `undefined` if it showed another file. */
export function savedTime(source: string): number | undefined {
  const state = host.getState() as Partial<SavedState> | undefined;
  return state?.source === source ? state.time : undefined;
}
