import type { CutState, FromCut } from '../cutProtocol.ts';
import { host as line } from '../player/host.ts';

/** The webview state: what is played, the clip that is shown, and how far it is, s. */
type SavedState = CutState & { readonly index: number; readonly time: number };

/** The connection to the extension. A page can acquire only one, and the player's settings use it too. */
export const host = line as unknown as {
  postMessage(message: FromCut): void;
  setState(state: SavedState): void;
  getState(): unknown;
};

/** Where the page was before VS Code hid or reloaded it; `undefined` for a new one. */
export function savedPlace(): Pick<SavedState, 'index' | 'time'> | undefined {
  return host.getState() as SavedState | undefined;
}
