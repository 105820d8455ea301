import { decisionIn, toggled } from '../decision.ts';
import type { ComparedClip, CompareRequest, CompareWords, ToComparePage } from '../compareProtocol.ts';
import { create } from '../player/dom.ts';
import { helpDialog } from '../player/help.ts';
import { keysOf, listenToKeys } from '../player/keys.ts';
import { Player } from '../player/player.ts';
import { Settings } from '../player/settings.ts';
import { ClipReader } from '../player/media/clipReader.ts';
import { audioNote } from '../player/audioNote.ts';
import { timeCode } from '../player/timeCode.ts';
import { toast } from '../player/toast.ts';
import { takeVerbs, toggleFullScreen, transportVerbs } from '../player/verbs.ts';
import type { PlayerMemory } from '../protocol.ts';
import { compareBar } from './bar.ts';
import { Board } from './board.ts';
import { Card } from './card.ts';
import { differenceTable } from './differenceTable.ts';
import { Ensemble } from './ensemble.ts';
import { followClips } from './follow.ts';
import { cardFrames } from './frames.ts';
import { host, savedState } from './host.ts';
import { compareKeys, type CompareVerbs } from './verbs.ts';
import { boardVerbs, requestHandlers } from './requests.ts';

let start: Extract<ToComparePage, { type: 'start' }> | undefined;
let page: ComparePage | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToComparePage>) => {
  if (data.type === 'start') {
    start = data;
  } else if (data.type === 'request') {
    page?.handleRequest(data.request, data.key);
  } else if (page) {
    page.show(data.clips);
  } else if (start) {
    page = build(start.words, start.memory, data.clips, data.plays);
  }
});
host.postMessage({ type: 'ready' });

/** What messages of the extension act on. */
interface ComparePage {
  show(clips: readonly ComparedClip[]): void;
  /** `key`: the clip; `null` for the active one. */
  handleRequest(request: CompareRequest, key: number | null): void;
}

/** Builds the parts and connects them; no rules in it. */
function build(
  words: CompareWords,
  memory: PlayerMemory,
  clips: readonly ComparedClip[],
  plays: boolean,
): ComparePage {
  const saved = savedState(clips.map(clip => clip.key));
  const audio = document.body.dataset.reader ?? '';
  const cards = ordered(clips, saved?.keys).map(
    clip =>
      new Card(
        clip,
        words,
        {
          activate: card => {
            board.activate(card);
          },
          solo: card => {
            board.activate(card);
            board.toggleSolo();
          },
          move: (card, by) => {
            board.move(card, by);
          },
          pick: card => {
            const verb = toggled('pick', [decisionIn(card.shown.words)]);
            if (verb !== undefined) {
              host.postMessage({ type: 'take', verb, key: card.key });
            }
          },
        },
        // A worker for each clip, so that one that crashes on a damaged file does not affect the others.
        new ClipReader(audio),
      ),
  ) as [Card, ...Card[]];
  const [first, ...others] = cards;
  const ensemble = new Ensemble([first.member, ...others.map(card => card.member)]);
  const settings = new Settings(ensemble, memory);
  const player = new Player(ensemble, settings);
  const board = new Board(cards, words.clips);
  const message = toast();
  const main = create('main', { className: 'player' });
  const say = (text: string): void => {
    message.say(text);
  };
  const verbs: CompareVerbs = {
    ...transportVerbs(player, settings),
    ...boardVerbs(board),
    fullScreen: () => {
      void toggleFullScreen(main);
    },
    copyTimeCode: () => {
      host.postMessage({ type: 'copy', text: timeCode(player.frame, player.rate) });
      say(words.copied);
    },
    details: () => {
      settings.change({ showsDetails: !settings.value.showsDetails });
    },
    keyboardHelp: () => {
      help.showModal();
    },
    ...takeVerbs(
      () => board.active.shown.words,
      verb => {
        host.postMessage({ type: 'take', verb, key: board.active.key });
      },
    ),
  };
  const keys = compareKeys(verbs, cards.length);
  const help = helpDialog(words, keys);
  const context = { words, verbs, player, settings };
  const table = differenceTable(words);
  const note = audioNote({ player, words }, () => {
    host.postMessage({ type: 'openExternally', key: board.active.key });
  });
  main.append(board.element, message.element, note, compareBar(context));
  document.body.append(main, table.element, help);
  listenToKeys(keysOf(keys), verbs);

  // Restored before the state is saved for the first time.
  if (saved) {
    board.activate(cards.find(card => card.key === saved.active));
    ensemble.currentTime = saved.time;
  }
  const follow = followClips({ cards, board, ensemble, player, settings, table });
  if (plays || !saved) {
    player.play();
  }
  follow();
  const handlers = requestHandlers(board, cardFrames(words, say));
  return {
    show: news => {
      for (const clip of news) {
        cards.find(card => card.key === clip.key)?.show(clip);
      }
      board.draw();
    },
    handleRequest: (request, key) => {
      handlers[request](cards.find(card => card.key === key) ?? board.active);
    },
  };
}

/** The clips, sorted like `keys` if given. */
function ordered(
  clips: readonly ComparedClip[],
  keys: readonly number[] | undefined,
): readonly ComparedClip[] {
  return keys ? clips.toSorted((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key)) : clips;
}
