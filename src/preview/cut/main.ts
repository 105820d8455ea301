import type { CutWords, PlayedCut, ToCut } from '../cutProtocol.ts';
import { audioNote } from '../player/audioNote.ts';
import { drawAlong } from '../player/controls/drawAlong.ts';
import { folding } from '../player/controls/folding.ts';
import { iconButton } from '../player/controls/iconButton.ts';
import { playButton } from '../player/controls/playButton.ts';
import { seekBar } from '../player/controls/seekBar.ts';
import { speed } from '../player/controls/speed.ts';
import { timeDisplay } from '../player/controls/timeDisplay.ts';
import { toggleButton } from '../player/controls/toggleButton.ts';
import { volume } from '../player/controls/volume.ts';
import { create, filled } from '../player/dom.ts';
import { helpDialog } from '../player/help.ts';
import { KEY_GROUPS, keysOf, listenToKeys, type Keys } from '../player/keys.ts';
import { ClipReader } from '../player/media/clipReader.ts';
import { Player } from '../player/player.ts';
import { Settings } from '../player/settings.ts';
import { timeCode } from '../player/timeCode.ts';
import { toast } from '../player/toast.ts';
import { toggleFullScreen, transportVerbs, type TransportVerb, type Verb } from '../player/verbs.ts';
import type { PlayerMemory } from '../protocol.ts';
import { Addresses } from './addresses.ts';
import { host } from './host.ts';
import { Reel } from './reel.ts';
import { shotList } from './shotList.ts';

/** The verbs of this page. */
type CutVerb = TransportVerb | 'previousClip' | 'nextClip' | 'fullScreen' | 'copyTimeCode' | 'keyboardHelp';

window.addEventListener('message', ({ data }: MessageEvent<ToCut>) => {
  build(data.words, data.memory, data.cut);
});
host.postMessage({ type: 'ready' });

/** Builds the parts and connects them; no rules in it. */
function build(words: CutWords, memory: PlayerMemory, { name, clips, rate }: PlayedCut): void {
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
  const heading = create('h1', { className: 'shot-name' });
  const context = { words, verbs, player, settings };
  const note = audioNote({ player, words }, () => undefined);
  const seek = seekBar(context);
  const time = timeDisplay(context);
  drawAlong(context, () => {
    seek.draw();
    time.draw();
  });
  const bar = create(
    'div',
    { className: 'controls', role: 'group', ariaLabel: words.controls },
    seek.element,
    create(
      'div',
      { className: 'row' },
      iconButton(context, 'previousClip', 'clip-previous'),
      iconButton(context, 'previousFrame', 'frame-previous'),
      playButton(context),
      iconButton(context, 'nextFrame', 'frame-next'),
      iconButton(context, 'nextClip', 'clip-next'),
      time.element,
    ),
    create(
      'div',
      { className: 'row' },
      volume(context),
      folding('third', speed(context)),
      folding(
        'second',
        toggleButton(context, 'loop', 'loop', () => settings.value.isLooping),
      ),
      folding('third', iconButton(context, 'fullScreen', 'screen-full')),
      folding('first', iconButton(context, 'keyboardHelp', 'question')),
    ),
  );
  stage.append(message.element);
  stage.addEventListener('click', () => {
    verbs.playOrPause();
  });
  const main = create('main', { className: 'player' }, heading, stage, note, bar);
  document.body.replaceChildren(main, shots.element, help);
  listenToKeys(keysOf(groups), verbs);

  reel.addEventListener('clip', () => {
    const place = filled(words.shotOf.replace('{1}', String(clips.length)), String(reel.index + 1));
    heading.textContent = `${place} · ${clips[reel.index]?.name ?? ''}`;
    shots.mark(reel.index);
    host.postMessage({ type: 'shown', index: reel.index });
  });
  reel.addEventListener('failed', () => {
    const { failed = 0 } = reel;
    message.say(filled(words.cannotPlayClip, clips[failed]?.name ?? ''));
    host.postMessage({ type: 'clipFailed', index: failed, reason: reel.element.error?.message ?? '' });
  });
  reel.open();
  player.play();
}
