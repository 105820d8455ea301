// A page with nothing but a stage, for tests of what plays in it.
import { ClipPlayback } from '../../../src/preview/player/playback.ts';
import { ClipReader } from '../../../src/preview/player/media/clipReader.ts';
import { film } from './film.ts';
import * as measure from './measure.ts';

declare global {
  interface Window {
    readonly reader: ClipReader;
    readonly playback: ClipPlayback;
    readonly measure: typeof measure;
    readonly film: typeof film;
  }
}

const reader = new ClipReader(document.body.dataset.reader ?? '');
const stage = document.querySelector<HTMLElement>('.stage');
if (!stage) {
  throw new Error('The page has no stage.');
}
stage.style.display = 'grid';
const style = new CSSStyleSheet();
style.replaceSync('video { grid-area: 1 / 1 }');
document.adoptedStyleSheets = [style];
Object.assign(window, { reader, playback: new ClipPlayback(stage, reader), measure, film });
