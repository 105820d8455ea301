import { randomBytes } from 'node:crypto';

/** What the preview's page is made of, as addresses that the webview may read. */
export interface PageParts {
  /** The webview's own source, for its content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly stylesheet: string;
  readonly title: string;
  readonly language: string;
}

/** The preview's page: starts from nothing allowed, and takes its contents from messages only. */
export function previewHtml(parts: PageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    // A clip with converted sound, and the worker that converts it, are blobs of the page's own.
    `media-src ${parts.cspSource} blob:`,
    `worker-src blob:`,
    `connect-src ${parts.cspSource}`,
    `style-src ${parts.cspSource}`,
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(parts.language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${escaped(parts.stylesheet)}">
  <title>${escaped(parts.title)}</title>
</head>
<body class="loading">
  <main>
    <div class="stage">
      <p class="message" role="status"></p>
    </div>
    <section class="strip">
      <h1></h1>
      <p class="sound" hidden><span></span> <button type="button"></button></p>
      <dl></dl>
    </section>
  </main>
  <script nonce="${nonce}" src="${escaped(parts.script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
