/** How long to wait for the page to regain the focus, ms. */
const LONGEST_WAIT = 2_000;

/** Copies an image to the clipboard. Rejects with the browser's error. */
export async function copyImage(png: Promise<Blob>): Promise<void> {
  await focused();
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/** Only a focused page may write to the clipboard, and VS Code's menus return the focus with a delay. */
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
