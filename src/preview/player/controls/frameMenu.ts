import { create, icon } from '../dom.ts';
import type { Desk } from '../desk.ts';
import { KEYS, keySign } from '../keys.ts';
import type { Verb } from '../verbs.ts';

const ITEMS: readonly Verb[] = [
  'saveFrame',
  'saveFirstFrame',
  'saveLastFrame',
  'saveFrameAs',
  'copyFrame',
  'copyTimeCode',
];

/** What can be done with single frames, in a menu. */
export function frameMenu({ words, verbs }: Desk): HTMLElement {
  const menu = create('div', { className: 'menu', popover: 'auto', role: 'menu', ariaLabel: words.frame });
  const button = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: words.frame, title: words.frame, ariaHasPopup: 'menu' },
    icon('device-camera'),
  );
  button.popoverTargetElement = menu;
  menu.append(
    ...ITEMS.filter(verb => verb !== 'copyFrame' || canCopyPictures()).map(verb => {
      const key = KEYS.find(([one]) => one === verb)?.[1];
      const item = create('button', { type: 'button', role: 'menuitem', tabIndex: -1 }, words[verb]);
      if (key !== undefined) {
        item.append(create('kbd', {}, keySign(key, words.spaceKey)));
      }
      item.addEventListener('click', () => {
        menu.hidePopover();
        verbs[verb]();
      });
      return item;
    }),
  );
  menu.addEventListener('toggle', () => {
    if (menu.matches(':popover-open')) {
      itemsOf(menu)[0]?.focus();
    }
  });
  menu.addEventListener('keydown', event => {
    moveIn(menu, event);
  });
  return create('span', { className: 'frames' }, button, menu);
}

/** The arrows go round, as in VS Code's menus. */
function moveIn(menu: HTMLElement, event: KeyboardEvent): void {
  const items = itemsOf(menu);
  const at = items.findIndex(item => item === document.activeElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (target !== undefined) {
    event.preventDefault();
    items.at(target % items.length)?.focus();
  } else if (event.key === 'Tab') {
    menu.hidePopover();
  }
}

function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll('button')];
}

function canCopyPictures(): boolean {
  // Only a secure page has a clipboard, whatever the types say.
  return 'clipboard' in navigator && 'ClipboardItem' in window;
}
