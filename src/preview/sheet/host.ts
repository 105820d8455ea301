import type { FromSheet } from '../sheetProtocol.ts';

/** Where the person was, which is kept across a reload of the window. */
export interface Place {
  /** The clip that is selected, and the first one in view. */
  readonly active: number | null;
  readonly first: number | null;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromSheet): void;
  setState(state: Place): void;
  getState(): Place | undefined;
};

/** The extension's end of the line. */
export const host = acquireVsCodeApi();
