import type { Action, FrameWish, PageWords, PlayerMemory, ToPage } from '../protocol.ts';
import { controlBar } from './controls/controlBar.ts';
import { curtain } from './curtain.ts';
import { detailsStrip } from './details.ts';
import { element } from './dom.ts';
import { FrameActions } from './frameActions.ts';
import { FrameReader } from './frameReader.ts';
import { helpDialog } from './help.ts';
import { host } from './host.ts';
import { hasSettled } from './join.ts';
import { KEY_GROUPS, KEYS, listenToKeys } from './keys.ts';
import { ClipPlayback } from './playback.ts';
import { Player } from './player.ts';
import { Screen } from './screen.ts';
import { reportPage } from './report.ts';
import { Settings } from './settings.ts';
import { ClipReader } from './media/clipReader.ts';
import { audioNote } from './audioNote.ts';
import { toast } from './toast.ts';
import { makeVerbs } from './verbs.ts';

/** So long the controls wait for a first picture, ms. */
const LONGEST_WAIT = 300;

const main = element('main');
const stage = element('.stage');
const video = stage.querySelector('video');
const early = video?.src;
if (video && early) {
  // The picture goes first: the page's thread may be the one that brings it.
  await hasSettled(video, AbortSignal.timeout(LONGEST_WAIT)).catch(() => undefined);
}
const script = main.dataset.reader ?? '';
const playback = new ClipPlayback(stage, new ClipReader(script));
if (early) {
  playback.load(early);
}

let screen: Screen | undefined;
let readDetails: (() => void) | undefined;
let fulfil: ((wish: FrameWish) => void) | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'start':
      screen = build(data.words, data.memory);
      break;
    case 'show':
      screen?.show(data.show, data.wish);
      if (data.wish === 'details') {
        readDetails?.();
      }
      break;
    case 'frame':
      fulfil?.(data.wish);
      break;
  }
});
host.postMessage({ type: 'ready' });

/** Builds the parts and connects them; no rules in it. */
function build(words: PageWords, memory: PlayerMemory): Screen {
  const settings = new Settings(playback, memory);
  const player = new Player(playback, settings);
  const message = toast();
  const help = helpDialog(words, KEY_GROUPS);
  const veil = curtain(words, act);
  const details = detailsStrip(
    words,
    () => {
      verbs.copyDetails();
    },
    act,
  );
  const copy = (text: string): void => {
    host.postMessage({ type: 'copy', text });
    message.say(words.copied);
  };
  const verbs = makeVerbs({
    player,
    settings,
    frames: new FrameActions(player, new FrameReader(script), words, message.say),
    help,
    main,
    source: () => shown.source,
    detailsText: () => report.text() ?? details.text(),
    copy,
  });
  const desk = { words, verbs, player, settings };
  const bar = controlBar(desk);
  const report = reportPage(desk, act);
  stage.append(veil.element, message.element);
  stage.addEventListener('click', event => {
    if (event.target === playback.element) {
      verbs.playOrPause();
    }
  });
  stage.addEventListener('dblclick', verbs.fullScreen);
  main.append(audioNote(desk, act), bar.element);
  document.body.append(details.element, report.element, help);
  showDetailsAsSet(details.element, settings);
  listenToKeys(KEYS, verbs);
  fulfil = wish => {
    verbs[wish === 'saveFrame' ? 'saveFrameAs' : wish]();
  };
  readDetails = () => {
    settings.change({ showsDetails: true });
    (report.text() === undefined ? details : report).element.focus();
  };
  const shown = new Screen({ player, curtain: veil, report, bar, details, words }, early);
  return shown;
}

function showDetailsAsSet(element: HTMLElement, settings: Settings): void {
  const draw = (): void => {
    element.hidden = !settings.value.showsDetails;
  };
  draw();
  settings.addEventListener('change', draw);
}

function act(action: Action): void {
  host.postMessage({ type: 'act', action });
}
