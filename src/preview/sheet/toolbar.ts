import { create, filled, icon } from '../player/dom.ts';
import type { IconName } from '../player/iconNames.ts';
import { LONGEST_FILTER, TILE_SIZES, type Clips, type SheetView, type SheetWords } from '../sheetProtocol.ts';

/** What is above the grid: the filter, the number of clips, and the size of the pictures. */
export interface Toolbar {
  readonly element: HTMLElement;
  showClips(clips: Clips): void;
  /** Shows all clips again, and goes to the filter. */
  readonly clearFilter: () => void;
}

/** `onChange` is told how the person looks at the sheet from now on. */
export function toolbar(words: SheetWords, view: SheetView, onChange: (view: SheetView) => void): Toolbar {
  const text = create('input', {
    type: 'search',
    value: view.text,
    maxLength: LONGEST_FILTER,
    ariaLabel: words.filter,
    placeholder: words.filter,
    title: words.filterHint,
    spellcheck: false,
  });
  const model = create('select', { ariaLabel: words.model, title: words.model });
  const size = create('input', {
    type: 'range',
    ariaLabel: words.tileSize,
    title: words.tileSize,
    min: String(TILE_SIZES.least),
    max: String(TILE_SIZES.most),
    step: String(TILE_SIZES.step),
    value: String(view.size),
  });
  const stepButton = (name: IconName, label: string, step: () => void): HTMLButtonElement => {
    const made = create(
      'button',
      { type: 'button', className: 'icon', ariaLabel: label, title: label },
      icon(name),
    );
    made.addEventListener('click', () => {
      step();
      change({ size: size.valueAsNumber });
    });
    return made;
  };
  const smaller = stepButton('zoom-out', words.smaller, () => {
    size.stepDown();
  });
  const larger = stepButton('zoom-in', words.larger, () => {
    size.stepUp();
  });
  const count = create('span', { className: 'count', role: 'status' });
  let now = view;

  const change = (patch: Partial<SheetView>): void => {
    now = { ...now, ...patch };
    drawSize();
    onChange(now);
  };
  const drawSize = (): void => {
    const part = (now.size - TILE_SIZES.least) / (TILE_SIZES.most - TILE_SIZES.least);
    size.style.setProperty('--part', String(part));
    smaller.disabled = part <= 0;
    larger.disabled = part >= 1;
  };
  drawSize();
  text.addEventListener('input', () => {
    change({ text: text.value });
  });
  model.addEventListener('change', () => {
    change({ model: model.value === '' ? null : model.value });
  });
  size.addEventListener('input', () => {
    change({ size: size.valueAsNumber });
  });

  return {
    element: create(
      'header',
      { className: 'toolbar' },
      text,
      model,
      count,
      create('span', { className: 'size' }, smaller, size, larger),
    ),
    showClips: ({ clips, total, models }) => {
      const number = (value: number): string => value.toLocaleString(document.documentElement.lang);
      const shown = clips.length === total ? number(total) : `${number(clips.length)} / ${number(total)}`;
      count.textContent = filled(words.count, shown);
      model.replaceChildren(
        create('option', { value: '' }, words.allModels),
        ...models.map(([value, name]) => create('option', { value }, name)),
      );
      model.value = now.model ?? '';
    },
    clearFilter: () => {
      text.value = '';
      model.value = '';
      change({ text: '', model: null });
      text.focus();
    },
  };
}
