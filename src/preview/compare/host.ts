import type { CompareState, FromComparePage } from '../compareProtocol.ts';
import { host as line } from '../player/host.ts';

/** What is kept: the extension's part, where the page stood, s, and the clip that was heard. */
type SavedState = CompareState & { readonly time: number; readonly heard?: number };

/** The extension's end of the line. VS Code gives a page only one, and the player's settings speak on it too. */
export const host = line as unknown as {
  postMessage(message: FromComparePage): void;
  setState(state: SavedState): void;
  getState(): unknown;
};

/** What this page kept when it showed these clips before, in whatever order, and perhaps others that have been taken out. */
export function savedState(keys: readonly number[]): SavedState | undefined {
  const state = host.getState() as SavedState | undefined;
  return state && keys.every(key => state.keys.includes(key)) ? state : undefined;
}
