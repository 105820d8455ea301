// A page with nothing but a stage, for tests of what plays in it.
import { ClipPlayback } from '../../../src/preview/player/playback.ts';
import { ClipReader } from '../../../src/preview/player/sound/clipReader.ts';
import * as measure from './measure.ts';

declare global {
  interface Window {
    readonly reader: ClipReader;
    readonly playback: ClipPlayback;
    readonly measure: typeof measure;
  }
}

// Beside this script, as in the preview.
const script = document.querySelector('script');
const reader = new ClipReader(new URL('sound.js', script?.src).href);
const stage = document.createElement('div');
stage.style.display = 'grid';
document.body.replaceChildren(stage);
Object.assign(window, { reader, playback: new ClipPlayback(stage, reader), measure });
