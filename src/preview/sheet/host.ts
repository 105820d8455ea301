import type { FromSheet } from '../sheetProtocol.ts';

/** The webview state, which VS Code keeps across reloads. */
export interface Place {
  /** The active clip, and the first one in view. */
  readonly active: number | null;
  readonly first: number | null;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromSheet): void;
  setState(state: Place): void;
  getState(): Place | undefined;
};

/** The connection to the extension. */
export const host = acquireVsCodeApi();
