import drawings from '@vscode/codicons/dist/codicon.svg';
import type { IconName } from './iconNames.ts';

/** Makes an element with its properties and what is in it. Text goes in as text, never as HTML. */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** An element that the page was made with. */
export function element(selector: string): HTMLElement {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) {
    throw new Error(`The page has no ${selector}.`);
  }
  return found;
}

/** A codicon, which is only for the eye. */
export function icon(name: IconName): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  made.setAttribute('viewBox', '0 0 16 16');
  made.setAttribute('fill', 'currentColor');
  made.classList.add('codicon');
  made.ariaHidden = 'true';
  // Drawings of the build, never text from outside.
  made.innerHTML = (drawings as Readonly<Record<IconName, string>>)[name];
  return made;
}

/** Fills in `{0}`. */
export function filled(words: string, value: string): string {
  return words.replace('{0}', () => value);
}

/** A colour of the theme by VS Code's name, for a style; empty for that of text. */
export function themeColour(name: string | null): string {
  return name === null ? '' : `var(--vscode-${name.replaceAll('.', '-')})`;
}
