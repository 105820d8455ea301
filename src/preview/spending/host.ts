import type { FromSpending } from '../spendingProtocol.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromSpending): void };

/** The connection to the extension. */
export const host = acquireVsCodeApi();
