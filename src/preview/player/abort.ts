/** Calls `reject` with the signal's reason once the signal is aborted, or immediately if it already is. */
export function rejectedBy(signal: AbortSignal, reject: (reason: unknown) => void): void {
  if (signal.aborted) {
    reject(signal.reason);
    return;
  }
  signal.addEventListener(
    'abort',
    () => {
      reject(signal.reason);
    },
    { once: true },
  );
}
