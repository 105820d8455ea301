import type { ToCut } from '../cutProtocol.ts';
import { audioNote } from '../player/audioNote.ts';
import { iconButton } from '../player/controls/iconButton.ts';
import { transportBar } from '../player/controls/transportBar.ts';
import { create, filled } from '../player/dom.ts';
import { helpDialog } from '../player/help.ts';
import { KEY_GROUPS, keysOf, listenToKeys, type Keys } from '../player/keys.ts';
import { ClipReader } from '../player/media/clipReader.ts';
import { Player } from '../player/player.ts';
import { Settings } from '../player/settings.ts';
import { timeCode } from '../player/timeCode.ts';
import { toast } from '../player/toast.ts';
import { toggleFullScreen, transportVerbs, type TransportVerb, type Verb } from '../player/verbs.ts';
import { Addresses } from './addresses.ts';
import { host, savedPlace } from './host.ts';
import { Reel } from './reel.ts';
import { shotList } from './shotList.ts';

/** The verbs of this page. */
type CutVerb = TransportVerb | 'previousClip' | 'nextClip' | 'fullScreen' | 'copyTimeCode' | 'keyboardHelp';

let nameProblem: ((index: number, problem: string) => void) | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToCut>) => {
  if (data.type === 'start') {
    nameProblem = build(data);
  } else {
    nameProblem?.(data.index, data.problem);
  }
});
host.postMessage({ type: 'ready' });

/** Builds the parts and connects them; no rules in it. Gives what says at a shot what is wrong with it. */
function build({
  words,
  memory,
  cut,
  state,
  plays,
}: ToCut & { type: 'start' }): (index: number, problem: string) => void {
  const { name, clips, rate } = cut;
  document.title = name;
  const stage = create('div', { className: 'stage' });
  const reader = new ClipReader(document.body.dataset.reader ?? '');
  const addresses = new Addresses(
    reader,
    clips.map(({ source }) => source),
  );
  const reel = new Reel(stage, clips, addresses, rate);
  const settings = new Settings(reel, memory);
  const player = new Player(reel, settings);
  player.frameRate = rate;
  const message = toast();
  const verbs: Readonly<Record<CutVerb, () => void>> = {
    ...transportVerbs(player, settings),
    previousClip: () => {
      reel.step(-1);
    },
    nextClip: () => {
      reel.step(1);
    },
    fullScreen: () => {
      void toggleFullScreen(main);
    },
    copyTimeCode: () => {
      host.postMessage({ type: 'copy', text: timeCode(player.frame, player.rate) });
      message.say(words.copied);
    },
    keyboardHelp: () => {
      help.showModal();
    },
  };
  const isHere = (row: Keys<Verb>[number]): row is Keys<Verb & CutVerb>[number] => row[0] in verbs;
  const groups = KEY_GROUPS.map(({ title, keys }) => ({ title, keys: keys.filter(isHere) }));
  const help = helpDialog(words, groups);
  const shots = shotList(words, clips, index => {
    reel.goTo(index);
  });
  const heading = create('h1', { className: 'shot-name' }, name);
  const context = { words, verbs, player, settings };
  const note = audioNote({ player, words }, () => {
    host.postMessage({ type: 'openExternally', index: reel.index });
  });
  const bar = transportBar(context, {
    before: [iconButton(context, 'previousClip', 'clip-previous')],
    after: [iconButton(context, 'nextClip', 'clip-next')],
    viewMenu: { verbs: ['fullScreen'] },
  });
  stage.append(message.element);
  stage.addEventListener('click', () => {
    verbs.playOrPause();
  });
  const main = create('main', { className: 'player' }, heading, stage, note, bar.element);
  document.body.replaceChildren(main, shots.element, help);
  listenToKeys(keysOf(groups), verbs);

  reel.addEventListener('clip', () => {
    const place = filled(words.shotOf.replace('{1}', String(clips.length)), String(reel.index + 1));
    heading.textContent = `${place} · ${clips[reel.index]?.name ?? ''}`;
    shots.mark(reel.index);
    host.postMessage({ type: 'shown', index: reel.index });
  });
  reel.addEventListener('failed', event => {
    const failed = (event as CustomEvent<number>).detail;
    message.say(filled(words.cannotPlayClip, clips[failed]?.name ?? ''));
    host.postMessage({ type: 'clipFailed', index: failed, reason: reel.element.error?.message ?? '' });
  });
  const saveState = (): void => {
    host.setState({ ...state, index: reel.index, time: reel.timeInClip });
  };
  for (const event of ['timeupdate', 'seeked']) {
    reel.addEventListener(event, saveState);
  }
  if (plays) {
    reel.open();
    player.play();
  } else {
    const { index = 0, time = 0 } = savedPlace() ?? {};
    reel.open(index, time);
  }
  return shots.name;
}
