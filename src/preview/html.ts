import { randomBytes } from 'node:crypto';
import { pageContext } from './pageContext.ts';

/** The page's base name in `dist/pages`. */
export type PageName = 'player' | 'compare' | 'sheet' | 'film' | 'cut' | 'spending';

/** A file in `dist/pages`. */
export type PageFile = `${PageName}.${'js' | 'css'}` | 'frame.js' | 'clipWorker.js';

/** What the HTML of a page is built from. */
export interface PageParts {
  /** `webview.cspSource`, for the content security policy. */
  readonly cspSource: string;
  readonly language: string;
  /** The URL that the webview loads a file from. */
  readonly addressOf: (file: PageFile) => string;
  /** The content of a file, to be inlined. */
  readonly textOf: (file: PageFile) => string;
}

/**
 * The player's page. `source` is the clip to start with. Its script and styles are inlined, because a webview loads resources
 * through the workbench, where they would delay the clip.
 */
export function playerHtml(parts: PageParts, source: string | undefined): string {
  const from = source === undefined ? '' : ` src="${escaped(source)}"`;
  const video = `<video crossorigin="anonymous" playsinline preload="auto"${from}></video>`;
  const content = `<main class="player"><div class="stage">${video}</div></main>`;
  return pageHtml(parts, 'player', content, nonce => {
    const text = parts.textOf('player.js').replaceAll('</script', '<\\/script');
    return `<script type="module" nonce="${nonce}">${text}</script>`;
  });
}

/** The comparison page. */
export function compareHtml(parts: PageParts): string {
  return pageHtml(parts, 'compare', '', linked(parts, 'compare.js'));
}

/** The contact sheet page. */
export function sheetHtml(parts: PageParts): string {
  return pageHtml(parts, 'sheet', '', linked(parts, 'sheet.js'));
}

/** The page of spending. */
export function spendingHtml(parts: PageParts): string {
  return pageHtml(parts, 'spending', '', linked(parts, 'spending.js'));
}

/** The page that plays a cut. */
export function cutHtml(parts: PageParts): string {
  return pageHtml(parts, 'cut', '', linked(parts, 'cut.js'));
}

/** The page that makes an MP4. */
export function filmHtml(parts: PageParts): string {
  return pageHtml(parts, 'film', '', linked(parts, 'film.js'));
}

/** The page that reads one frame of a clip. It shows nothing. */
export function frameHtml(parts: PageParts): string {
  return pageHtml(parts, 'sheet', '', linked(parts, 'frame.js'));
}

/** A linked script, which can share chunks with other pages. */
function linked({ addressOf }: PageParts, file: PageFile): (nonce: string) => string {
  return nonce => `<script type="module" nonce="${nonce}" src="${escaped(addressOf(file))}"></script>`;
}

/** A page whose content security policy allows nothing by default. It gets its content and strings by messages. */
function pageHtml(
  { cspSource, addressOf, textOf, language }: PageParts,
  page: PageName,
  content: string,
  scriptWith: (nonce: string) => string,
): string {
  const hasAudio = page !== 'sheet';
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    // Audio, properties and frames are read from the file itself.
    `connect-src ${cspSource}`,
    // A clip with converted audio, and the worker that reads clips, are blob URLs.
    `media-src ${cspSource}${hasAudio ? ' blob:' : ''}`,
    `style-src 'nonce-${nonce}'`,
    'worker-src blob:',
    // Dynamic imports inherit the nonce. The audio decoder is WebAssembly.
    `script-src 'nonce-${nonce}'${hasAudio ? " 'wasm-unsafe-eval'" : ''}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <style nonce="${nonce}">${stylesOf(page).map(textOf).join('\n')}</style>
</head>
<body data-reader="${escaped(addressOf('clipWorker.js'))}" data-vscode-context="${escaped(pageContext([], ''))}">
  ${content}
  ${scriptWith(nonce)}
</body>
</html>`;
}

/** A cut is played by what plays one clip: its page has the same styles, and a few of its own. */
function stylesOf(page: PageName): PageFile[] {
  return page === 'cut' ? ['player.css', 'cut.css'] : [`${page}.css`];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
