import type { FromFilm } from '../filmProtocol.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromFilm): void };

/** The connection to the extension. */
export const host = acquireVsCodeApi();
