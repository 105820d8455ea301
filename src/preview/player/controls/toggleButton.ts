import type { Desk } from '../desk.ts';
import type { Verb } from '../verbs.ts';
import { iconButton } from './iconButton.ts';
import type { IconName } from '../iconNames.ts';

/** A button for something that is on or off, as the settings say. */
export function toggleButton<V extends Verb>(
  desk: Desk<V>,
  verb: V,
  iconName: IconName,
  isOn: () => boolean,
): HTMLButtonElement {
  const button = iconButton(desk, verb, iconName);
  const draw = (): void => {
    button.ariaPressed = String(isOn());
  };
  draw();
  desk.settings.addEventListener('change', draw);
  return button;
}
