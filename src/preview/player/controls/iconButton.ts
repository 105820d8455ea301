import { create, icon } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';
import { KEYS, keySign } from '../keys.ts';
import { pressable, releaseAfterClick } from '../pressable.ts';
import type { Verb } from '../verbs.ts';
import type { IconName } from '../iconNames.ts';

/** A pressable icon button for a verb. Its label is the verb's string, and its tooltip also has the key. */
export function iconButton<V extends Verb>(
  { words, verbs }: ControlContext<V>,
  verb: V,
  iconName: IconName,
): HTMLButtonElement {
  const button = create('button', { type: 'button', className: 'icon' }, icon(iconName));
  label(button, words[verb], verb, words.spaceKey);
  pressable(button, () => {
    verbs[verb]();
  });
  releaseAfterClick(button);
  return button;
}

/** Changes the icon and label of a button. */
export function relabel(
  { words }: Pick<ControlContext, 'words'>,
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
