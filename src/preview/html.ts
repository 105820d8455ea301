import { randomBytes } from 'node:crypto';

/** What the player's page is made of, as addresses that the webview may read. */
export interface PageParts {
  /** The webview's own source, for its content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly stylesheet: string;
  readonly language: string;
  /** The clip to begin with, so that it is fetched before the page has asked what to show. */
  readonly source: string | undefined;
}

/** The player's page: starts from nothing allowed, and takes its contents and words from messages only. */
export function playerHtml(parts: PageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    // Frames are read out of the file itself.
    `connect-src ${parts.cspSource}`,
    `font-src ${parts.cspSource}`,
    `media-src ${parts.cspSource}`,
    `style-src ${parts.cspSource}`,
    // What the script imports later has its nonce too.
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(parts.language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <!-- Asynchronous: it does not wait for the stylesheet before it fetches the clip. -->
  <script type="module" async nonce="${nonce}" src="${escaped(parts.script)}"></script>
  <link rel="stylesheet" href="${escaped(parts.stylesheet)}">
</head>
<body data-source="${escaped(parts.source ?? '')}"></body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
