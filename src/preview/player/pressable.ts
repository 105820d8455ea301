/**
 * Makes a button that can be disabled without losing the keyboard focus, unlike with `disabled`, so that screen readers can say why
 * it does nothing. Returns a function that enables or disables it.
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
