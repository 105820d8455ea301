import { create, icon } from './dom.ts';
import { keySign, type Keys } from './keys.ts';

/** The list of keys, as a dialog. */
export function helpDialog<V extends string>(
  words: Readonly<Record<V | 'close' | 'keyboardHelp' | 'shuttleNote' | 'spaceKey', string>>,
  keys: Keys<V>,
): HTMLDialogElement {
  const close = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: words.close, title: words.close },
    icon('close'),
  );
  const rows = keys.map(([verb, ...names]) => {
    const signs = names.map(key => create('kbd', {}, keySign(key, words.spaceKey)));
    return create('div', {}, create('dt', {}, ...signs), create('dd', {}, words[verb]));
  });
  const dialog = create(
    'dialog',
    { className: 'help' },
    create('header', {}, create('h2', { id: 'help-title' }, words.keyboardHelp), close),
    create('dl', {}, ...rows),
    create('p', {}, words.shuttleNote),
  );
  dialog.setAttribute('aria-labelledby', 'help-title');
  close.addEventListener('click', () => {
    dialog.close();
  });
  dialog.addEventListener('click', event => {
    // Beside the dialog: only its backdrop is the dialog itself there.
    if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener('keydown', event => {
    if (event.key === '?') {
      dialog.close();
    }
  });
  return dialog;
}
