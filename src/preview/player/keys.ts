import type { Verb } from './verbs.ts';

/** The keys of each verb, in the order in which the help lists them. */
export type Keys<V extends string> = readonly (readonly [verb: V, ...keys: string[]])[];

/** A group of keys. `title` names the string that the help shows above it. */
export interface KeyGroup<V extends string, Title extends string = KeyTitle> {
  readonly title: Title;
  readonly keys: Keys<V>;
}

export type KeyTitle = 'playback' | 'navigation' | 'audio' | 'takes' | 'frames' | 'view';

/**
 * The player's keys. J, K and L shuttle as in video editors, so Loop is Shift+L. Combinations with
 * Ctrl, Alt or Cmd belong to VS Code.
 */
export const KEY_GROUPS: readonly KeyGroup<Verb>[] = [
  {
    title: 'playback',
    keys: [
      ['playOrPause', ' '],
      ['backward', 'J'],
      ['stop', 'K'],
      ['forward', 'L'],
      ['loop', 'Shift+L'],
      ['slower', '<'],
      ['faster', '>'],
    ],
  },
  {
    title: 'navigation',
    keys: [
      ['secondBack', 'ArrowLeft'],
      ['secondOn', 'ArrowRight'],
      ['toStart', 'Home'],
      ['toEnd', 'End'],
      ['previousClip', 'PageUp'],
      ['nextClip', 'PageDown'],
    ],
  },
  {
    title: 'audio',
    keys: [
      ['louder', 'ArrowUp'],
      ['quieter', 'ArrowDown'],
      ['muteOrNot', 'M'],
    ],
  },
  {
    title: 'takes',
    keys: [
      ['pick', 'P'],
      ['reject', 'R'],
      ['note', 'N'],
    ],
  },
  {
    title: 'frames',
    keys: [
      ['previousFrame', ','],
      ['nextFrame', '.'],
      ['saveFrame', 'S'],
      ['saveLastFrame', 'Shift+S'],
      ['copyTimeCode', 'C'],
    ],
  },
  {
    title: 'view',
    keys: [
      ['fullScreen', 'F'],
      ['pictureInPicture', 'Shift+P'],
      ['details', 'I'],
      ['keyboardHelp', '?'],
    ],
  },
];

export const KEYS: Keys<Verb> = keysOf(KEY_GROUPS);

/** The keys of all groups. */
export function keysOf<V extends string>(groups: readonly KeyGroup<V, string>[]): Keys<V> {
  return groups.flatMap(({ keys }) => keys);
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** A key as keyboards are labelled. */
export function keySign(key: string, spaceKey: string): string {
  return key === ' ' ? spaceKey : (SIGNS[key] ?? key);
}

/** Runs the verb of a pressed key, wherever the focus is, unless the focused element handles the key itself. */
export function listenToKeys<V extends string>(keys: Keys<V>, verbs: Readonly<Record<V, () => void>>): void {
  document.addEventListener('keydown', event => {
    const verb = keys.find(([, ...names]) => names.includes(nameOf(event)))?.[0];
    if (verb !== undefined && !event.defaultPrevented && !belongsToTarget(event)) {
      event.preventDefault();
      verbs[verb]();
    }
  });
}

function nameOf({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): string {
  if (ctrlKey || altKey || metaKey) {
    return '';
  }
  return /^[a-z]$/i.test(key) ? `${shiftKey ? 'Shift+' : ''}${key.toUpperCase()}` : key;
}

/** Whether the focused element handles the key itself: Space presses a button, arrows move a slider, dialogs and menus have their own keys. */
function belongsToTarget({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) {
    return false;
  }
  const isMoving = /^(Arrow|Home|End|Page)/.test(key);
  return (
    target.closest('dialog, [popover], select') !== null ||
    (key === ' ' && target.matches('button')) ||
    (isMoving && target.matches('.volume input'))
  );
}
