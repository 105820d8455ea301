import { create, icon } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';
import type { IconName } from '../iconNames.ts';
import { KEYS, keySign } from '../keys.ts';
import type { Verb } from '../verbs.ts';

/** A group of verbs in a menu. */
export interface MenuGroup<V extends Verb> {
  readonly verbs: readonly V[];
  /** Shows the group only while the bar has no room for the buttons of this fold (folds.css). */
  readonly fold?: Fold;
  /** The verbs that are also shown while there is no video. */
  readonly always?: readonly V[];
  /** The state of the verbs that toggle something, shown as a check mark. */
  readonly isOn?: Partial<Record<V, () => boolean>>;
}

/** In which order a narrowing bar moves its buttons into the menu. */
export type Fold = 'first' | 'second' | 'third' | 'fourth';

/** A button that opens a menu above the bar. */
export function menuButton<V extends Verb>(
  { words, verbs, settings }: Pick<ControlContext<V>, 'words' | 'verbs' | 'settings'>,
  { label, iconName, groups }: { label: string; iconName: IconName; groups: readonly MenuGroup<V>[] },
): HTMLElement {
  const menu = create('div', { className: 'menu', popover: 'auto', role: 'menu', ariaLabel: label });
  const button = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: label, title: label, ariaHasPopup: 'menu' },
    icon(iconName),
  );
  button.popoverTargetElement = menu;
  const itemOf = (verb: V, { always, isOn }: MenuGroup<V>): HTMLButtonElement => {
    const item = create('button', { type: 'button', role: 'menuitem', tabIndex: -1 }, words[verb]);
    const key = KEYS.find(([one]) => one === verb)?.[1];
    if (key !== undefined) {
      item.append(create('kbd', {}, keySign(key, words.spaceKey)));
    }
    item.classList.toggle('always', always?.includes(verb) === true);
    const isChecked = isOn?.[verb];
    if (isChecked) {
      item.role = 'menuitemcheckbox';
      const draw = (): void => {
        item.ariaChecked = String(isChecked());
      };
      draw();
      settings.addEventListener('change', draw);
    }
    item.addEventListener('click', () => {
      menu.hidePopover();
      verbs[verb]();
    });
    return item;
  };
  for (const group of groups) {
    const element = create('div', { role: 'group' }, ...group.verbs.map(verb => itemOf(verb, group)));
    if (group.fold !== undefined) {
      element.dataset.fold = group.fold;
    }
    menu.append(element);
  }
  menu.addEventListener('toggle', () => {
    if (menu.matches(':popover-open')) {
      itemsOf(menu)[0]?.focus();
    }
  });
  menu.addEventListener('keydown', event => {
    moveIn(menu, event);
  });
  return create('span', { className: 'menu-button' }, button, menu);
}

/** Arrow keys wrap around, as in VS Code's menus. */
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

/** The visible items: some are only shown for a narrow bar. */
function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll('button')].filter(item => item.checkVisibility());
}
