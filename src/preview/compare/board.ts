import { create } from '../player/dom.ts';
import { arrange, type Place } from './arrange.ts';
import type { Card } from './card.ts';

/** Between two clips, and for the name above each, px. */
const GAP = 8;
const HEADER = 30;

/** Room for a number, the speaker, and some letters of a name, px. */
const NARROWEST = 140;

/** What a dragged clip is known by. */
const DRAGGED = 'application/x-dailies-clip';

/**
 * The clips side by side, in an order that a person can change; or one of them alone. Tells of `change`, and of `arrange` when they
 * stand elsewhere.
 */
export class Board extends EventTarget {
  readonly element: HTMLElement;
  private cards: readonly [Card, ...Card[]];
  private heardCard: Card;
  private isAlone = false;
  private standing: readonly Place[] | undefined;

  constructor(cards: readonly [Card, ...Card[]], label: string) {
    super();
    this.cards = cards;
    [this.heardCard] = cards;
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

  /** The clip that is heard, and shown where only one is. */
  get heard(): Card {
    return this.heardCard;
  }

  /** Where the clips stand in the element, from its left, where they stand in one row. */
  get columns(): readonly Place[] | undefined {
    return this.standing;
  }

  /** Whether only the heard clip is shown. */
  get isSolo(): boolean {
    return this.isAlone;
  }

  hear(card: Card | undefined): void {
    if (card) {
      this.heardCard = card;
      this.draw();
    }
  }

  toggleSolo(): void {
    this.isAlone = !this.isAlone;
    this.draw();
  }

  /** Exchanges a clip with the one before or after it. */
  move(card: Card, by: 1 | -1): void {
    const other = this.cards[this.cards.indexOf(card) + by];
    if (other) {
      this.exchange(card, other);
    }
  }

  /** The clips have something new to say. */
  draw(): void {
    for (const [place, card] of this.cards.entries()) {
      card.stand({
        place,
        count: this.cards.length,
        isHeard: card === this.heardCard,
        isSolo: this.isAlone,
      });
    }
    this.element.classList.toggle('solo', this.isAlone);
    this.layOut();
    this.dispatchEvent(new Event('change'));
  }

  private exchange(one: Card, other: Card): void {
    const focused = document.activeElement;
    this.cards = this.cards.map(card => (card === one ? other : card === other ? one : card)) as [
      Card,
      ...Card[],
    ];
    // The order of the page is that of Tab; a video that is put elsewhere at once plays on.
    this.element.append(...elementsOf(this.cards));
    this.draw();
    if (focused instanceof HTMLElement) {
      focused.focus();
    }
  }

  private layOut(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const room = { width, height, gap: GAP, header: HEADER, narrowest: NARROWEST };
    const all = arrange(
      this.cards.map(card => card.aspect),
      room,
    );
    for (const [index, card] of this.cards.entries()) {
      const place = this.isAlone ? arrange([card.aspect], room).places[0] : all.places[index];
      if (place) {
        card.moveTo(place);
      }
    }
    this.standing = all.rows.length === 1 && !this.isAlone ? all.places : undefined;
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
        this.exchange(dragged, card);
      }
    });
  }
}

function elementsOf(cards: readonly Card[]): HTMLElement[] {
  return cards.map(card => card.element);
}
