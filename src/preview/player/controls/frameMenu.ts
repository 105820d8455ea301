import type { Desk } from '../desk.ts';
import type { Verb } from '../verbs.ts';
import { menuButton } from './menuButton.ts';

/** What can be done with single frames. */
export const FRAME_VERBS: readonly Verb[] = [
  'saveFrame',
  'saveFirstFrame',
  'saveLastFrame',
  'saveFrameAs',
  // Only a secure page has a clipboard, whatever the types say.
  ...('clipboard' in navigator && 'ClipboardItem' in window ? (['copyFrame'] as const) : []),
];

/** The menu of what can be done with single frames. */
export function frameMenu(desk: Desk): HTMLElement {
  return menuButton(desk, {
    label: desk.words.frame,
    iconName: 'device-camera',
    groups: [{ verbs: FRAME_VERBS }, { verbs: ['copyTimeCode'] }],
  });
}
