import { create, icon } from '../dom.ts';
import type { Desk } from '../desk.ts';
import { KEYS, keySign } from '../keys.ts';
import type { Verb } from '../verbs.ts';
import type { IconName } from '../iconNames.ts';

/** A button with an icon for a verb. Its label is the verb's words until told otherwise; its tooltip has the key too. */
export function iconButton<V extends Verb>(
  { words, verbs }: Desk<V>,
  verb: V,
  iconName: IconName,
): HTMLButtonElement {
  const button = create('button', { type: 'button', className: 'icon' }, icon(iconName));
  label(button, words[verb], verb, words.spaceKey);
  button.addEventListener('click', event => {
    verbs[verb]();
    // After a click Space goes on to play and pause, and does not press the same button again.
    if (event.detail > 0) {
      button.blur();
    }
  });
  return button;
}

/** Gives a button another icon and label. */
export function relabel(
  { words }: Pick<Desk, 'words'>,
  button: HTMLButtonElement,
  verb: Verb,
  iconName: IconName,
  text: string,
): void {
  button.replaceChildren(icon(iconName));
  label(button, text, verb, words.spaceKey);
}

function label(button: HTMLButtonElement, text: string, verb: Verb, spaceKey: string): void {
  const key = KEYS.find(([one]) => one === verb)?.[1];
  button.ariaLabel = text;
  button.title = key === undefined ? text : `${text} (${keySign(key, spaceKey)})`;
}
