import type { CompareState, FromComparePage } from '../compareProtocol.ts';
import { host as line } from '../player/host.ts';

/** What is kept: the extension's part, and where the page stood, s. */
type SavedState = CompareState & { readonly time: number };

/** The extension's end of the line. VS Code gives a page only one, and the player's settings speak on it too. */
export const host = line as unknown as {
  postMessage(message: FromComparePage): void;
  setState(state: SavedState): void;
  getState(): unknown;
};

/** What this page kept when it showed these clips before, in whatever order. */
export function savedState(keys: readonly number[]): SavedState | undefined {
  const state = host.getState() as SavedState | undefined;
  return state?.keys.toSorted().join() === keys.toSorted().join() ? state : undefined;
}
