import type { ControlContext } from '../controlContext.ts';
import type { Verb } from '../verbs.ts';
import { iconButton } from './iconButton.ts';
import type { IconName } from '../iconNames.ts';

/** A toggle button whose state follows the settings. */
export function toggleButton<V extends Verb>(
  context: ControlContext<V>,
  verb: V,
  iconName: IconName,
  isOn: () => boolean,
): HTMLButtonElement {
  const button = iconButton(context, verb, iconName);
  const draw = (): void => {
    button.ariaPressed = String(isOn());
  };
  draw();
  context.settings.addEventListener('change', draw);
  return button;
}
