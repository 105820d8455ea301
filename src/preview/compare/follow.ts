import type { Player } from '../player/player.ts';
import type { Settings } from '../player/settings.ts';
import type { Transport } from '../player/transport.ts';
import type { Board } from './board.ts';
import type { Card } from './card.ts';
import type { DifferenceTable } from './differenceTable.ts';
import type { Ensemble } from './ensemble.ts';
import { host } from './host.ts';

/** The parts of the page that go along with one another. */
export interface Following {
  readonly cards: readonly Card[];
  readonly board: Board;
  readonly ensemble: Ensemble;
  readonly player: Player<Transport>;
  readonly settings: Settings;
  readonly table: DifferenceTable;
}

/**
 * Lets audio, table and what is kept for a reload go along with the clips, and the extension know which one is heard; from when the
 * function that it gives is called.
 */
export function followClips({ cards, board, ensemble, player, settings, table }: Following): () => void {
  const keep = (): void => {
    const keys = board.order.map(card => card.key);
    host.setState({ keys, time: player.time, heard: board.heard.key });
  };
  const drawTable = (): void => {
    document.title = board.order.map(card => card.shown.name).join(' · ');
    table.draw(board.order, board.heard);
    table.element.hidden = !settings.value.showsDetails;
  };
  const align = (): void => {
    table.align(board.columns);
  };
  const tellHeard = heardTeller(board);
  const follow = (): void => {
    if (ensemble.heard !== board.heard.member) {
      ensemble.heard = board.heard.member;
    }
    tellHeard();
    player.frameRate = board.heard.member.playback.facts?.video?.frameRate;
    drawTable();
    keep();
  };
  board.addEventListener('change', follow);
  board.addEventListener('arrange', align);
  settings.addEventListener('change', drawTable);
  for (const card of cards) {
    for (const event of ['facts', 'audio']) {
      card.member.playback.addEventListener(event, follow);
    }
  }
  for (const event of ['timeupdate', 'seeked']) {
    ensemble.addEventListener(event, keep);
  }
  // Where it is going counts too: the window may be reloaded before it is there.
  player.addEventListener('aim', keep);
  return () => {
    follow();
    align();
  };
}

/** Tells the extension which clip is heard, once for each change. */
function heardTeller(board: Board): () => void {
  let told: number | undefined;
  return () => {
    if (told !== board.heard.key) {
      told = board.heard.key;
      host.postMessage({ type: 'heard', key: told });
    }
  };
}
