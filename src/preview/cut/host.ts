import type { FromCut } from '../cutProtocol.ts';
import { host as line } from '../player/host.ts';

/** The connection to the extension. A page can acquire only one, and the player's settings use it too. */
export const host = line as unknown as { postMessage(message: FromCut): void };
