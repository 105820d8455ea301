import type { CompareRequest } from '../compareProtocol.ts';
import type { Board } from './board.ts';
import type { Card } from './card.ts';
import type { CardFrames } from './frames.ts';
import type { OwnVerb } from './verbs.ts';

/** The page's own verbs, applied to the active clip. */
export function boardVerbs(board: Board): Readonly<Record<OwnVerb, () => void>> {
  const activate = (place: number) => (): void => {
    board.activate(board.order[place]);
  };
  return {
    listenToFirst: activate(0),
    listenToSecond: activate(1),
    listenToThird: activate(2),
    listenToFourth: activate(3),
    solo: () => {
      board.toggleSolo();
    },
    moveBack: () => {
      board.move(board.active, -1);
    },
    moveOn: () => {
      board.move(board.active, 1);
    },
  };
}

/** The handlers of what VS Code's menus request, applied to the clip that the menu is about. */
export function requestHandlers(
  board: Board,
  frames: CardFrames,
): Readonly<Record<CompareRequest, (card: Card) => void>> {
  return {
    copyFrame: frames.copy,
    saveFrame: frames.save,
    moveBack: card => {
      board.move(card, -1);
    },
    moveOn: card => {
      board.move(card, 1);
    },
  };
}
