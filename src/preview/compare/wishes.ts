import type { CompareWish } from '../compareProtocol.ts';
import type { Board } from './board.ts';
import type { Card } from './card.ts';
import type { CardFrames } from './frames.ts';
import type { OwnVerb } from './verbs.ts';

/** How the keys of this page are done, on the clip that is heard. */
export function boardVerbs(board: Board): Readonly<Record<OwnVerb, () => void>> {
  const hear = (place: number) => (): void => {
    board.hear(board.order[place]);
  };
  return {
    hearFirst: hear(0),
    hearSecond: hear(1),
    hearThird: hear(2),
    hearFourth: hear(3),
    solo: () => {
      board.toggleSolo();
    },
    moveBack: () => {
      board.move(board.heard, -1);
    },
    moveOn: () => {
      board.move(board.heard, 1);
    },
  };
}

/** How what the menus of VS Code ask for is done, on the clip that they are about. */
export function wishesOf(
  board: Board,
  frames: CardFrames,
): Readonly<Record<CompareWish, (card: Card) => void>> {
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
