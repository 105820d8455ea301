import { randomBytes } from 'node:crypto';
import { pageContext } from './pageContext.ts';

/** A page: the name of its files in `dist/pages`. */
export type PageName = 'player' | 'compare' | 'sheet';

/** A file in `dist/pages`. */
export type PageFile = `${PageName}.${'js' | 'css'}` | 'clipWorker.js';

/** What a page is made of. */
export interface PageParts {
  /** The webview's own source, for its content security policy. */
  readonly cspSource: string;
  readonly language: string;
  /** Where the webview finds a file. */
  readonly addressOf: (file: PageFile) => string;
  /** What is in a file, for a page that is to have it in itself. */
  readonly textOf: (file: PageFile) => string;
}

/**
 * The player's page. `source` is the clip to begin with. All else is in the page itself: what a webview asks for comes by way of
 * the workbench, and would come before the clip.
 */
export function playerHtml(parts: PageParts, source: string | undefined): string {
  const from = source === undefined ? '' : ` src="${escaped(source)}"`;
  const video = `<video crossorigin="anonymous" playsinline preload="auto"${from}></video>`;
  const reader = escaped(parts.addressOf('clipWorker.js'));
  const content = `<main class="player" data-reader="${reader}"><div class="stage">${video}</div></main>`;
  return pageHtml(parts, 'player', content, nonce => {
    const text = parts.textOf('player.js').replaceAll('</script', '<\\/script');
    return `<script type="module" nonce="${nonce}">${text}</script>`;
  });
}

/** The page that compares clips. */
export function compareHtml(parts: PageParts): string {
  return pageHtml(parts, 'compare', '', linked(parts, 'compare.js'));
}

/** The contact sheet's page. */
export function sheetHtml(parts: PageParts): string {
  return pageHtml(parts, 'sheet', '', linked(parts, 'sheet.js'));
}

/** A script that the page loads, with the chunks that it has in common with others. */
function linked({ addressOf }: PageParts, file: PageFile): (nonce: string) => string {
  return nonce => `<script type="module" nonce="${nonce}" src="${escaped(addressOf(file))}"></script>`;
}

/** A page that starts from nothing allowed, and takes its contents and words from messages only. */
function pageHtml(
  { cspSource, textOf, language }: PageParts,
  page: PageName,
  content: string,
  scriptWith: (nonce: string) => string,
): string {
  const hasAudio = page !== 'sheet';
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    // Sound, facts and frames are read out of the file itself.
    `connect-src ${cspSource}`,
    // A clip with converted sound, and the worker that reads clips, are blobs of the page's own.
    `media-src ${cspSource}${hasAudio ? ' blob:' : ''}`,
    `style-src 'nonce-${nonce}'`,
    'worker-src blob:',
    // What the script imports later has its nonce too. The decoder of the sound is WebAssembly.
    `script-src 'nonce-${nonce}'${hasAudio ? " 'wasm-unsafe-eval'" : ''}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <style nonce="${nonce}">${textOf(`${page}.css`)}</style>
</head>
<body data-vscode-context="${escaped(pageContext([], ''))}">
  ${content}
  ${scriptWith(nonce)}
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
