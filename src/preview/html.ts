import { randomBytes } from 'node:crypto';

/** What the player's page is made of, as addresses that the webview may read. */
export interface PageParts {
  /** The webview's own source, for its content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly stylesheet: string;
  readonly language: string;
  /** The clip to begin with, which is fetched while the script still is. */
  readonly source: string | undefined;
}

/** The player's page: starts from nothing allowed, and takes its contents and words from messages only. */
export function playerHtml(parts: PageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    // Sound, facts and frames are read out of the file itself.
    `connect-src ${parts.cspSource}`,
    `font-src ${parts.cspSource}`,
    // A clip with converted sound, and the worker that converts it, are blobs of the page's own.
    `media-src ${parts.cspSource} blob:`,
    `style-src ${parts.cspSource}`,
    `worker-src blob:`,
    // What the script imports later has its nonce too. The decoder of the sound is WebAssembly.
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
  ].join('; ');
  const source = parts.source === undefined ? '' : ` src="${escaped(parts.source)}"`;
  return `<!DOCTYPE html>
<html lang="${escaped(parts.language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${escaped(parts.stylesheet)}">
</head>
<body>
  <main class="player"><div class="stage"><video crossorigin="anonymous" playsinline${source}></video></div></main>
  <script type="module" nonce="${nonce}" src="${escaped(parts.script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
