import { create, icon } from '../player/dom.ts';
import type { IconName } from '../player/iconNames.ts';
import { pressable } from '../player/pressable.ts';
import { TILE_SIZES, type SheetWords } from '../sheetProtocol.ts';

/** The slider for the width of tiles, with a step button on each side. `onChange` is called with the width, CSS pixels. */
export function sizer(words: SheetWords, size: number, onChange: (size: number) => void): HTMLElement {
  const slider = create('input', {
    type: 'range',
    ariaLabel: words.tileSize,
    title: words.tileSize,
    min: String(TILE_SIZES.least),
    max: String(TILE_SIZES.most),
    step: String(TILE_SIZES.step),
    value: String(size),
  });
  const [smaller, turnSmaller] = stepButton('zoom-out', words.smaller, () => {
    slider.stepDown();
    notify();
  });
  const [larger, turnLarger] = stepButton('zoom-in', words.larger, () => {
    slider.stepUp();
    notify();
  });
  const draw = (): void => {
    const part = (slider.valueAsNumber - TILE_SIZES.least) / (TILE_SIZES.most - TILE_SIZES.least);
    slider.style.setProperty('--part', String(part));
    turnSmaller(part > 0);
    turnLarger(part < 1);
  };
  const notify = (): void => {
    draw();
    onChange(slider.valueAsNumber);
  };
  slider.addEventListener('input', notify);
  draw();
  return create('span', { className: 'size' }, smaller, slider, larger);
}

/** A button, and a function that enables or disables it. */
function stepButton(
  name: IconName,
  label: string,
  step: () => void,
): [button: HTMLButtonElement, turn: (isOn: boolean) => void] {
  const button = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: label, title: label },
    icon(name),
  );
  return [button, pressable(button, step)];
}
