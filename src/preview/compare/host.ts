import type { CompareState, FromComparePage } from '../compareProtocol.ts';
import { host as line } from '../player/host.ts';

/** The webview state: the extension's part, the position (s), and the key of the active clip. */
type SavedState = CompareState & { readonly time: number; readonly active?: number };

/** The connection to the extension. A page can acquire only one, and the player's settings use it too. */
export const host = line as unknown as {
  postMessage(message: FromComparePage): void;
  setState(state: SavedState): void;
  getState(): unknown;
};

/** The saved state if it covers these clips, in any order, and possibly others that have been removed since. */
export function savedState(keys: readonly number[]): SavedState | undefined {
  const state = host.getState() as SavedState | undefined;
  return state && keys.every(key => state.keys.includes(key)) ? state : undefined;
}
