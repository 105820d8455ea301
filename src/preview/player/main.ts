import type { Action, FrameRequest, PageWords, PlayerMemory, ToPage } from '../protocol.ts';
import { controlBar } from './controls/controlBar.ts';
import { overlay } from './overlay.ts';
import { detailsStrip } from './details.ts';
import { element } from './dom.ts';
import { FrameActions } from './frameActions.ts';
import { FrameReader } from './frameReader.ts';
import { helpDialog } from './help.ts';
import { host } from './host.ts';
import { firstFrameOrError } from './swapVideo.ts';
import { KEY_GROUPS, KEYS, listenToKeys } from './keys.ts';
import { ClipPlayback } from './playback.ts';
import { Player } from './player.ts';
import { ClipView } from './clipView.ts';
import { reportPage } from './report.ts';
import { Settings } from './settings.ts';
import { ClipReader } from './media/clipReader.ts';
import { audioNote } from './audioNote.ts';
import { toast } from './toast.ts';
import { makeVerbs } from './verbs.ts';

/** How long the controls wait for the first frame, ms. */
const LONGEST_WAIT = 300;

const main = element('main');
const stage = element('.stage');
const video = stage.querySelector('video');
const early = video?.src;
if (video && early) {
  // The first frame comes first: building the controls would block the thread that it may need.
  await firstFrameOrError(video, AbortSignal.timeout(LONGEST_WAIT)).catch(() => undefined);
}
const script = document.body.dataset.reader ?? '';
const playback = new ClipPlayback(stage, new ClipReader(script));
if (early) {
  playback.load(early);
}

let clipView: ClipView | undefined;
let readDetails: (() => void) | undefined;
let handleRequest: ((request: FrameRequest) => void) | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'start':
      clipView = build(data.words, data.memory);
      break;
    case 'show':
      clipView?.show(data.show, data.request);
      if (data.request === 'details') {
        readDetails?.();
      }
      break;
    case 'frame':
      handleRequest?.(data.request);
      break;
  }
});
host.postMessage({ type: 'ready' });

/** Builds the parts and connects them; no rules in it. */
function build(words: PageWords, memory: PlayerMemory): ClipView {
  const settings = new Settings(playback, memory);
  const player = new Player(playback, settings);
  const message = toast();
  const help = helpDialog(words, KEY_GROUPS);
  const veil = overlay(words, act);
  const details = detailsStrip(
    words,
    () => {
      verbs.copyDetails();
    },
    act,
    open,
  );
  const copy = (text: string): void => {
    host.postMessage({ type: 'copy', text });
    message.say(words.copied);
  };
  const frames = new FrameActions(player, new FrameReader(script), words, message.say);
  const verbs = makeVerbs({
    player,
    settings,
    frames,
    help,
    main,
    source: () => shown.source,
    detailsText: () => report.text() ?? details.text(),
    copy,
    can: () => shown.can,
  });
  const context = { words, verbs, player, settings };
  const bar = controlBar(context);
  const report = reportPage(context, act, open);
  stage.append(veil.element, message.element);
  stage.addEventListener('click', event => {
    if (event.target === playback.element) {
      verbs.playOrPause();
    }
  });
  stage.addEventListener('dblclick', verbs.fullScreen);
  main.append(audioNote(context, act), bar.element);
  document.body.append(details.element, report.element, help);
  showDetailsAsSet(details.element, settings);
  listenToKeys(KEYS, verbs);
  handleRequest = request => {
    verbs[request === 'saveFrame' ? 'saveFrameAs' : request]();
  };
  readDetails = () => {
    settings.change({ showsDetails: true });
    (report.text() === undefined ? details : report).element.focus();
  };
  const shown = new ClipView({ player, overlay: veil, report, bar, details, words }, early);
  return shown;
}

function showDetailsAsSet(element: HTMLElement, settings: Settings): void {
  const draw = (): void => {
    element.hidden = !settings.value.showsDetails;
  };
  draw();
  settings.addEventListener('change', draw);
}

/** Shows another clip of the chain. */
function open(key: number): void {
  host.postMessage({ type: 'open', key });
}

function act(action: Action): void {
  host.postMessage({ type: 'act', action });
}
