import { SPEEDS } from '../../protocol.ts';
import { create } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';

/** The drop-down list of playback speeds. */
export function speed({ settings, words }: Pick<ControlContext, 'settings' | 'words'>): HTMLSelectElement {
  const options = SPEEDS.map(one => create('option', { value: String(one) }, `${one}×`));
  const select = create(
    'select',
    { className: 'speed', ariaLabel: words.speed, title: words.speed },
    ...options,
  );
  select.addEventListener('change', () => {
    settings.change({ speed: Number(select.value) });
    select.blur();
  });
  const draw = (): void => {
    select.value = String(settings.value.speed);
  };
  draw();
  settings.addEventListener('change', draw);
  return select;
}
