/** Rejects a promise with the signal's reason as soon as the signal is aborted, or at once where it is already. */
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
