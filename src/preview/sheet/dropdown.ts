import { create } from '../player/dom.ts';

/** A choice of one of several, as VS Code draws it. */
export interface Dropdown {
  readonly element: HTMLSelectElement;
  /** Offers these, in this order. What is chosen stays, if it is among them. */
  offer(options: readonly (readonly [value: string, text: string])[]): void;
  choose(value: string): void;
}

/** `onChoose` hears of what a person chooses. */
export function dropdown(label: string, onChoose: (value: string) => void): Dropdown {
  const element = create('select', { ariaLabel: label, title: label });
  element.addEventListener('change', () => {
    onChoose(element.value);
  });
  let offered = '';
  return {
    element,
    offer: options => {
      // A list that is open would close.
      const now = JSON.stringify(options);
      if (now !== offered) {
        offered = now;
        const { value } = element;
        element.replaceChildren(...options.map(([one, text]) => create('option', { value: one }, text)));
        element.value = value;
      }
    },
    choose: value => {
      element.value = value;
    },
  };
}
