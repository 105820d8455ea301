import type { Player } from '../player/player.ts';
import type { Settings } from '../player/settings.ts';
import type { Transport } from '../player/transport.ts';
import type { Board } from './board.ts';
import type { Card } from './card.ts';
import type { DifferenceTable } from './differenceTable.ts';
import type { Ensemble } from './ensemble.ts';
import { host } from './host.ts';

/** The parts of the page that depend on one another. */
export interface Following {
  readonly cards: readonly Card[];
  readonly board: Board;
  readonly ensemble: Ensemble;
  readonly player: Player<Transport>;
  readonly settings: Settings;
  readonly table: DifferenceTable;
}

/**
 * Keeps audio, table and saved state in step with the clips, and reports the active clip to the extension. Starts with the first
 * call of the returned function.
 */
export function followClips({ cards, board, ensemble, player, settings, table }: Following): () => void {
  const saveState = (): void => {
    const keys = board.order.map(card => card.key);
    host.setState({ keys, time: player.time, active: board.active.key });
  };
  const drawTable = (): void => {
    document.title = board.order.map(card => card.shown.name).join(' · ');
    table.draw(board.order, board.active);
    table.element.hidden = !settings.value.showsDetails;
  };
  const align = (): void => {
    table.align(board.columns);
  };
  const reportActive = activeClipReporter(board);
  const follow = (): void => {
    if (ensemble.active !== board.active.member) {
      ensemble.active = board.active.member;
    }
    reportActive();
    player.frameRate = board.active.member.playback.facts?.video?.frameRate;
    drawTable();
    saveState();
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
    ensemble.addEventListener(event, saveState);
  }
  // The target of a seek counts too: the window may be reloaded before it is reached.
  player.addEventListener('target', saveState);
  return () => {
    follow();
    align();
  };
}

/** Reports the active clip to the extension, once per change. */
function activeClipReporter(board: Board): () => void {
  let reported: number | undefined;
  return () => {
    if (reported !== board.active.key) {
      reported = board.active.key;
      host.postMessage({ type: 'activated', key: reported });
    }
  };
}
