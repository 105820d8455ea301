import { create, icon } from '../player/dom.ts';
import type { CutItem, CutWords } from '../cutProtocol.ts';

/** The shots of a cut, each a button that leads to it. */
export function shotList(
  words: CutWords,
  clips: readonly CutItem[],
  goTo: (index: number) => void,
): {
  readonly element: HTMLElement;
  /** Marks the shot that is shown. */
  readonly mark: (index: number) => void;
  /** Says at a shot what is wrong with it. */
  readonly name: (index: number, problem: string) => void;
} {
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
    name: (index, problem) => {
      const button = buttons[index];
      if (button) {
        button.querySelector('.problem')?.remove();
        button.append(create('span', { className: 'problem' }, icon('warning'), problem));
        button.title = `${clips[index]?.name ?? ''}: ${problem}`;
      }
    },
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
