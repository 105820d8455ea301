import { create, icon } from './dom.ts';
import { keySign, type KeyGroup } from './keys.ts';

/** The dialog with the keyboard shortcuts, in groups. */
export function helpDialog<V extends string, Title extends string>(
  words: Readonly<Record<V | Title | 'close' | 'keyboardHelp' | 'shuttleNote' | 'spaceKey', string>>,
  groups: readonly KeyGroup<V, Title>[],
): HTMLDialogElement {
  const close = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: words.close, title: words.close },
    icon('close'),
  );
  const sections = groups.map(({ title, keys }) => {
    const rows = keys.map(([verb, ...names]) => {
      const signs = names.map(key => create('kbd', {}, keySign(key, words.spaceKey)));
      return create('div', {}, create('dt', {}, ...signs), create('dd', {}, words[verb]));
    });
    return create('section', {}, create('h3', {}, words[title]), create('dl', {}, ...rows));
  });
  const dialog = create(
    'dialog',
    { className: 'help' },
    create('header', {}, create('h2', { id: 'help-title' }, words.keyboardHelp), close),
    create('div', { className: 'groups' }, ...sections),
    create('p', {}, words.shuttleNote),
  );
  dialog.setAttribute('aria-labelledby', 'help-title');
  close.addEventListener('click', () => {
    dialog.close();
  });
  dialog.addEventListener('click', event => {
    // A click on the backdrop has the dialog itself as its target.
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
