import { create } from '../player/dom.ts';
import { arrange, type Rect } from './arrange.ts';
import type { Card } from './card.ts';

/** The gap between two clips, and the height of the header above each, px. */
const GAP = 8;
const HEADER = 30;

/** Room for the number, the speaker icon, and some letters of the name, px. */
const MIN_WIDTH = 140;

/** The data type of a dragged clip: its key. */
const DRAGGED = 'application/x-dailies-clip';

/**
 * The clips side by side in an order that the user can change, or the active one alone. Dispatches `change`, and `arrange` when the
 * layout has changed.
 */
export class Board extends EventTarget {
  readonly element: HTMLElement;
  private cards: readonly [Card, ...Card[]];
  private activeCard: Card;
  private onlyActive = false;
  private columnRects: readonly Rect[] | undefined;

  constructor(cards: readonly [Card, ...Card[]], label: string) {
    super();
    this.cards = cards;
    [this.activeCard] = cards;
    this.element = create(
      'div',
      { className: 'clips', role: 'group', ariaLabel: label },
      ...elementsOf(cards),
    );
    for (const card of cards) {
      card.addEventListener('aspect', () => {
        this.layOut();
      });
      this.letDrag(card);
    }
    new ResizeObserver(() => {
      this.layOut();
    }).observe(this.element);
    this.draw();
  }

  /** In their order on the page. */
  get order(): readonly [Card, ...Card[]] {
    return this.cards;
  }

  /** The active clip: its audio plays, verbs apply to it, and solo shows it alone. */
  get active(): Card {
    return this.activeCard;
  }

  /** The rectangles of the clips within the element if they are in one row; `undefined` otherwise. */
  get columns(): readonly Rect[] | undefined {
    return this.columnRects;
  }

  /** Whether only the active clip is shown. */
  get isSolo(): boolean {
    return this.onlyActive;
  }

  activate(card: Card | undefined): void {
    if (card) {
      this.activeCard = card;
      this.draw();
    }
  }

  toggleSolo(): void {
    this.onlyActive = !this.onlyActive;
    this.draw();
  }

  /** Swaps a clip with the previous or next one. */
  move(card: Card, by: 1 | -1): void {
    const other = this.cards[this.cards.indexOf(card) + by];
    if (other) {
      this.swap(card, other);
    }
  }

  /** Updates the clips, the layout, and everything that listens to `change`. */
  draw(): void {
    for (const [position, card] of this.cards.entries()) {
      card.update({
        position,
        count: this.cards.length,
        isActive: card === this.activeCard,
        isSolo: this.onlyActive,
      });
    }
    this.element.classList.toggle('solo', this.onlyActive);
    this.layOut();
    this.dispatchEvent(new Event('change'));
  }

  private swap(one: Card, other: Card): void {
    const focused = document.activeElement;
    this.cards = this.cards.map(card => (card === one ? other : card === other ? one : card)) as [
      Card,
      ...Card[],
    ];
    // Tab follows the order in the document. A video that is moved within it keeps playing.
    this.element.append(...elementsOf(this.cards));
    this.draw();
    if (focused instanceof HTMLElement) {
      focused.focus();
    }
  }

  private layOut(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const space = { width, height, gap: GAP, header: HEADER, minWidth: MIN_WIDTH };
    const all = arrange(
      this.cards.map(card => card.aspect),
      space,
    );
    for (const [index, card] of this.cards.entries()) {
      const rect = this.onlyActive ? arrange([card.aspect], space).rects[0] : all.rects[index];
      if (rect) {
        card.moveTo(rect);
      }
    }
    this.columnRects = all.rows.length === 1 && !this.onlyActive ? all.rects : undefined;
    this.dispatchEvent(new Event('arrange'));
  }

  private letDrag(card: Card): void {
    const { element } = card;
    element.addEventListener('dragstart', event => {
      event.dataTransfer?.setData(DRAGGED, String(card.key));
    });
    element.addEventListener('dragover', event => {
      if (event.dataTransfer?.types.includes(DRAGGED)) {
        event.preventDefault();
        element.classList.add('target');
      }
    });
    for (const event of ['dragleave', 'drop', 'dragend']) {
      element.addEventListener(event, () => {
        element.classList.remove('target');
      });
    }
    element.addEventListener('drop', event => {
      const dragged = this.cards.find(one => String(one.key) === event.dataTransfer?.getData(DRAGGED));
      if (dragged && dragged !== card) {
        event.preventDefault();
        this.swap(dragged, card);
      }
    });
  }
}

function elementsOf(cards: readonly Card[]): HTMLElement[] {
  return cards.map(card => card.element);
}
