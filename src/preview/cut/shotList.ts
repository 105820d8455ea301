import { create } from '../player/dom.ts';
import type { CutItem, CutWords } from '../cutProtocol.ts';

/** The shots of a cut, each a button that leads to it. */
export function shotList(
  words: CutWords,
  clips: readonly CutItem[],
  goTo: (index: number) => void,
): { element: HTMLElement; mark: (index: number) => void } {
  const buttons = clips.map(({ name, length }, index) => {
    const button = create(
      'button',
      { type: 'button', className: 'shot', title: name },
      create('span', { className: 'number' }, String(index + 1)),
      create('span', { className: 'name' }, name),
      create('span', { className: 'length' }, length),
    );
    button.addEventListener('click', () => {
      goTo(index);
    });
    return button;
  });
  const list = create('ol', {}, ...buttons.map(button => create('li', {}, button)));
  return {
    element: create('nav', { className: 'shots', ariaLabel: words.shots }, list),
    mark: index => {
      for (const [place, button] of buttons.entries()) {
        if (place === index) {
          button.ariaCurrent = 'true';
          button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        } else {
          button.ariaCurrent = null;
        }
      }
    },
  };
}
