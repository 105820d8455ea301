import { create, filled } from '../player/dom.ts';
import {
  LONGEST_FILTER,
  SHEET_SORTS,
  type Clips,
  type SheetSort,
  type SheetView,
  type SheetWords,
} from '../sheetProtocol.ts';
import { dropdown } from './dropdown.ts';
import { sizer } from './sizer.ts';

/** The toolbar above the grid: filters, sort order, number of clips, and thumbnail size. */
export interface Toolbar {
  readonly element: HTMLElement;
  showClips(clips: Clips): void;
  /** Clears the filters, and focuses the filter box. */
  readonly clearFilter: () => void;
}

/** Makes the toolbar. `onChange` is called with the new view settings. */
export function toolbar(words: SheetWords, view: SheetView, onChange: (view: SheetView) => void): Toolbar {
  let now = view;
  const change = (patch: Partial<SheetView>): void => {
    now = { ...now, ...patch };
    onChange(now);
  };
  const text = create('input', {
    type: 'search',
    value: view.text,
    maxLength: LONGEST_FILTER,
    ariaLabel: words.filter,
    placeholder: words.filter,
    title: words.filterHint,
    spellcheck: false,
  });
  text.addEventListener('input', () => {
    change({ text: text.value });
  });
  const model = dropdown(words.model, value => {
    change({ model: value === '' ? null : value });
  });
  const sort = dropdown(words.sort, value => {
    change({ sort: value as SheetSort });
  });
  sort.offer(SHEET_SORTS.map(one => [one, words.sorts[one]]));
  sort.choose(view.sort ?? 'list');
  const count = create('span', { className: 'count', role: 'status' });
  const size = sizer(words, view.size, value => {
    change({ size: value });
  });

  return {
    element: create('header', { className: 'toolbar' }, text, model.element, sort.element, count, size),
    showClips: ({ clips, total, models }) => {
      const number = (value: number): string => value.toLocaleString(document.documentElement.lang);
      const shown = clips.length === total ? number(total) : `${number(clips.length)} / ${number(total)}`;
      count.textContent = filled(words.count, shown);
      model.offer([['', words.allModels], ...models]);
      model.choose(now.model ?? '');
    },
    clearFilter: () => {
      text.value = '';
      model.choose('');
      change({ text: '', model: null });
      text.focus();
    },
  };
}
