import type { ControlContext } from '../controlContext.ts';
import type { Verb } from '../verbs.ts';
import { menuButton } from './menuButton.ts';

/** The verbs for single frames. */
export const FRAME_VERBS: readonly Verb[] = [
  'saveFrame',
  'saveFirstFrame',
  'saveLastFrame',
  'saveFrameAs',
  // Only secure contexts have a clipboard, whatever the types say.
  ...('clipboard' in navigator && 'ClipboardItem' in window ? (['copyFrame'] as const) : []),
];

/** The menu with the verbs for single frames. */
export function frameMenu(context: ControlContext): HTMLElement {
  return menuButton(context, {
    label: context.words.frame,
    iconName: 'device-camera',
    groups: [{ verbs: FRAME_VERBS }, { verbs: ['copyTimeCode'] }],
  });
}
