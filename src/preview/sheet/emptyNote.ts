import { create, icon } from '../player/dom.ts';
import type { IconName } from '../player/iconNames.ts';

/** The note that replaces an empty grid: why no clip is shown, and what to do next. */
export function emptyNote(
  iconName: IconName,
  lines: readonly string[],
  action: string,
  run: () => void,
): HTMLElement {
  const button = create('button', { type: 'button', className: 'text' }, action);
  button.addEventListener('click', run);
  return create(
    'div',
    { className: 'empty' },
    icon(iconName),
    ...lines.map(line => create('p', {}, line)),
    button,
  );
}
