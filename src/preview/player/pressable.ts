/**
 * Makes a button that can be turned off and keeps the keyboard's focus then, as `disabled` does not: who presses it to the end stays
 * where they are, and hears why it does nothing. Gives what turns it on and off.
 */
export function pressable(button: HTMLButtonElement, press: () => void): (isOn: boolean) => void {
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') {
      press();
    }
  });
  return isOn => {
    button.ariaDisabled = isOn ? null : 'true';
  };
}
