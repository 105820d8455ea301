import { create } from '../player/dom.ts';
import type { Ages, Clips, SheetView, SheetWords, ToSheet } from '../sheetProtocol.ts';
import { emptyNote } from './emptyNote.ts';
import { Grid } from './grid.ts';
import { host } from './host.ts';
import { selectionBar } from './selectionBar.ts';
import { toolbar } from './toolbar.ts';

/** The debounce time for typing a filter and dragging the slider, ms. */
const SETTLE = 100;

/** The parts of the page, once built. */
interface Sheet {
  show(clips: Clips, ages: Ages): void;
  showAges(ages: Ages): void;
}

let sheet: Sheet | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToSheet>) => {
  switch (data.type) {
    case 'start':
      sheet = build(data.words, data.view);
      break;
    case 'clips':
      sheet?.show(data.clips, data.ages);
      break;
    case 'ages':
      sheet?.showAges(data.ages);
      break;
  }
});
host.postMessage({ type: 'ready' });

/** Builds the parts and connects them; no rules in it. */
function build(words: SheetWords, view: SheetView): Sheet {
  document.title = words.title;
  const grid = new Grid(words, view.size);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const bar = toolbar(words, view, changed => {
    grid.resize(changed.size);
    clearTimeout(timer);
    timer = setTimeout(() => {
      host.postMessage({ type: 'view', view: changed });
    }, SETTLE);
  });
  const noClips = emptyNote('device-camera-video', [words.noClips, words.noClipsHint], words.track, () => {
    host.postMessage({ type: 'track' });
  });
  const noMatch = emptyNote('search-stop', [words.noMatch], words.clearFilter, bar.clearFilter);
  const selection = selectionBar(words, () => {
    grid.selection.clear();
    grid.element.focus();
  });
  grid.addEventListener('select', () => {
    selection.show(grid.selected);
  });
  const main = create('main', {}, grid.element, noClips, noMatch, selection.element);
  main.hidden = true;
  document.body.replaceChildren(bar.element, main);
  // When VS Code focuses the page but no element on it, the grid gets the focus.
  const takeFocus = (): void => {
    if (document.hasFocus() && document.activeElement === document.body) {
      grid.element.focus();
    }
  };
  window.addEventListener('focus', takeFocus);
  const show = (clips: Clips, ages: Ages): void => {
    main.hidden = false;
    bar.element.hidden = clips.total === 0;
    noClips.hidden = clips.total > 0;
    noMatch.hidden = clips.total === 0 || clips.clips.length > 0;
    grid.element.hidden = clips.clips.length === 0;
    bar.showClips(clips);
    grid.show(clips, ages);
    takeFocus();
  };
  return {
    show,
    showAges: ages => {
      grid.showAges(ages);
    },
  };
}
