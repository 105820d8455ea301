import { randomBytes } from 'node:crypto';

/** What a page is made of, as addresses that the webview may read. */
export interface PageParts {
  /** The webview's own source, for its content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly stylesheet: string;
  readonly language: string;
}

/** The player's page. `source` is the clip to begin with, which is fetched while the script still is. */
export function playerHtml(parts: PageParts, source: string | undefined): string {
  const from = source === undefined ? '' : ` src="${escaped(source)}"`;
  const video = `<video crossorigin="anonymous" playsinline${from}></video>`;
  return pageHtml(parts, `<main class="player"><div class="stage">${video}</div></main>`, true);
}

/** The page that compares clips. */
export function compareHtml(parts: PageParts): string {
  return pageHtml(parts, '', true);
}

/** The contact sheet's page. */
export function sheetHtml(parts: PageParts): string {
  return pageHtml(parts, '', false);
}

/** A page that starts from nothing allowed, and takes its contents and words from messages only. */
function pageHtml(
  { cspSource, script, stylesheet, language }: PageParts,
  content: string,
  hasSound: boolean,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    // Sound, facts and frames are read out of the file itself.
    `connect-src ${cspSource}`,
    // A clip with converted sound, and the worker that reads clips, are blobs of the page's own.
    `media-src ${cspSource}${hasSound ? ' blob:' : ''}`,
    `style-src ${cspSource}`,
    'worker-src blob:',
    // What the script imports later has its nonce too. The decoder of the sound is WebAssembly.
    `script-src 'nonce-${nonce}'${hasSound ? " 'wasm-unsafe-eval'" : ''}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${escaped(stylesheet)}">
</head>
<body>
  ${content}
  <script type="module" nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
