import drawings from '@vscode/codicons/dist/codicon.svg';
import type { IconName } from './iconNames.ts';

/** Creates an element with properties and children. Strings become text nodes, never HTML. */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** An element of the page's HTML. Throws if there is none. */
export function element(selector: string): HTMLElement {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) {
    throw new Error(`The page has no ${selector}.`);
  }
  return found;
}

/** A codicon, hidden from screen readers. */
export function icon(name: IconName): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  made.setAttribute('viewBox', '0 0 16 16');
  made.setAttribute('fill', 'currentColor');
  made.classList.add('codicon');
  made.ariaHidden = 'true';
  // The build makes these drawings; nothing untrusted gets here.
  made.innerHTML = (drawings as Readonly<Record<IconName, string>>)[name];
  return made;
}

/** Replaces `{0}` with a value. */
export function filled(words: string, value: string): string {
  return words.replace('{0}', () => value);
}

/** A colour of the theme by VS Code's name, for a style; empty for that of text. */
export function themeColour(name: string | null): string {
  return name === null ? '' : `var(--vscode-${name.replaceAll('.', '-')})`;
}
