/** How long a page waits to be focused again, ms. */
const LONGEST_WAIT = 2_000;

/** Puts a picture on the clipboard. Rejects with the browser's own words. */
export async function copyImage(png: Promise<Blob>): Promise<void> {
  await focused();
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/** Browsers let only the page with the focus write, and a menu takes that away until some moments after it is closed. */
async function focused(): Promise<void> {
  if (!document.hasFocus()) {
    await new Promise<void>(done => {
      window.addEventListener(
        'focus',
        () => {
          done();
        },
        { once: true, signal: AbortSignal.timeout(LONGEST_WAIT) },
      );
      setTimeout(done, LONGEST_WAIT);
      window.focus();
    });
  }
}
