import { create } from '../player/dom.ts';

/** A drop-down list that looks like VS Code's. */
export interface Dropdown {
  readonly element: HTMLSelectElement;
  /** Replaces the options. The chosen one stays chosen if it is among them. */
  offer(options: readonly (readonly [value: string, text: string])[]): void;
  choose(value: string): void;
}

/** Makes the list. `onChoose` is called with the option that the user chooses. */
export function dropdown(label: string, onChoose: (value: string) => void): Dropdown {
  const element = create('select', { ariaLabel: label, title: label });
  element.addEventListener('change', () => {
    onChoose(element.value);
  });
  let offered = '';
  return {
    element,
    offer: options => {
      // Replacing the options would close an open list.
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
