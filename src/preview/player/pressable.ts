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
    enable(button, isOn);
  };
}

/** Enables or disables a button that `pressable` has made. */
export function enable(button: HTMLButtonElement, isOn: boolean): void {
  button.ariaDisabled = isOn ? null : 'true';
}

/** After a mouse click on a button, Space is to play or pause, and not to press the button again. */
export function releaseAfterClick(button: HTMLButtonElement): void {
  button.addEventListener('click', event => {
    if (event.detail > 0) {
      button.blur();
    }
  });
}
