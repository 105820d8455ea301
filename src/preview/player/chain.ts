import type { Chain, ChainLink, PageWords } from '../protocol.ts';
import { create } from './dom.ts';

/** Which clips a clip starts from, and which start from it, each a link. */
export interface ChainSection {
  readonly element: HTMLElement;
  show(chain: Chain | null): void;
}

export function chainSection(words: PageWords, open: (key: number) => void): ChainSection {
  const element = create('section', { className: 'chain', ariaLabel: words.chain });
  let known = '';
  return {
    element,
    show: chain => {
      element.hidden = chain === null;
      const text = JSON.stringify(chain);
      // A link that is the same keeps the focus.
      if (text !== known) {
        known = text;
        element.replaceChildren(...(chain ? rowsOf(chain, words, open) : []));
      }
    },
  };
}

/** The same as plain text, one line for each direction. */
export function chainText(chain: Chain | null, words: PageWords): string[] {
  const line = (name: string, links: readonly ChainLink[], between: string): string[] =>
    links.length === 0 ? [] : [`${name}: ${links.map(link => link.name).join(between)}`];
  return [
    ...line(words.startsFrom, chain?.earlier ?? [], ' → '),
    ...line(words.continuedIn, chain?.later ?? [], ', '),
  ];
}

function rowsOf({ earlier, later, note }: Chain, words: PageWords, open: (key: number) => void): Node[] {
  const row = (name: string, links: readonly ChainLink[]): HTMLElement[] =>
    links.length === 0
      ? []
      : [
          create(
            'div',
            {},
            create('h2', {}, name),
            create('ol', {}, ...links.map(link => create('li', {}, linkOf(link, open)))),
          ),
        ];
  return [
    ...row(words.startsFrom, earlier),
    ...row(words.continuedIn, later),
    ...(note === null ? [] : [create('p', {}, note)]),
  ];
}

function linkOf({ key, name }: ChainLink, open: (key: number) => void): HTMLElement {
  if (key === null) {
    return create('span', {}, name);
  }
  const link = create('button', { type: 'button', className: 'link' }, name);
  link.addEventListener('click', () => {
    open(key);
  });
  return link;
}
