import { create } from '../player/dom.ts';
import type { SheetClip, SheetWords } from '../sheetProtocol.ts';
import { host } from './host.ts';
import { moved } from './layout.ts';
import { Motion } from './motion.ts';
import { Rows } from './rows.ts';
import { tileId, type Tile } from './tile.ts';

/**
 * The clips as a grid of pictures. The grid has the focus, and one of the tiles is the active one, which the keys move, as in
 * VS Code's own lists.
 */
export class Grid {
  readonly element: HTMLElement;
  private readonly rows: Rows;
  private readonly motion = new Motion();
  private clips: readonly SheetClip[] = [];
  private active: number | undefined;
  /** Where the page stood before it was put away with its tab. */
  private place = host.getState();

  /** `size`: how wide a tile is, CSS pixels. */
  constructor(words: SheetWords, size: number) {
    this.element = create('div', { className: 'grid', role: 'grid', tabIndex: 0, ariaLabel: words.title });
    this.rows = new Rows(this.element, words, size);
    this.element.append(this.rows.element);
    this.rows.addEventListener('draw', () => {
      this.drawActive();
      this.motion.stopIfGone();
    });
    this.rows.addEventListener('rest', () => {
      this.keepPlace();
    });
    this.listenToKeys();
    this.listenToPointer();
  }

  /** Changes how wide a tile is, CSS pixels. */
  resize(size: number): void {
    this.rows.resize(size);
  }

  /** Shows these clips. What was in view stays there, and what was active is it again, if it is among them. */
  show(clips: readonly SheetClip[]): void {
    const active = this.activeClip?.key ?? this.place?.active;
    const index = clips.findIndex(({ key }) => key === active);
    this.clips = clips;
    this.active = index >= 0 ? index : undefined;
    this.rows.show(clips, this.place?.first ?? undefined);
    this.place = undefined;
  }

  private get activeClip(): SheetClip | undefined {
    return this.active === undefined ? undefined : this.clips[this.active];
  }

  private get activeTile(): Tile | undefined {
    return this.rows.tileOf(this.activeClip?.key);
  }

  private listenToKeys(): void {
    const { element } = this;
    element.addEventListener('keydown', event => {
      const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
      // Keys with these are VS Code's.
      const isPlain = !ctrlKey && !altKey && !metaKey && !shiftKey;
      if (isPlain && this.clips.length > 0 && this.press(key)) {
        event.preventDefault();
      }
    });
    element.addEventListener('focus', () => {
      // The pointer chooses its own tile.
      if (element.matches(':focus-visible') && this.clips.length > 0) {
        this.activate(this.active ?? 0);
      }
    });
    element.addEventListener('blur', () => {
      this.motion.look(undefined);
    });
  }

  private listenToPointer(): void {
    const { element, rows } = this;
    element.addEventListener('click', ({ target }) => {
      const tile = rows.tileAt(target);
      if (tile) {
        this.activate(tile.index);
        this.open();
      }
    });
    element.addEventListener('pointerover', ({ target }) => {
      this.motion.look(rows.tileAt(target));
    });
    element.addEventListener('pointerleave', () => {
      this.motion.look(undefined);
    });
  }

  /** Whether the key means something here. */
  private press(key: string): boolean {
    const { columns, page } = this.rows;
    const target = moved(key, this.active ?? 0, this.clips.length, columns, page);
    if (target !== undefined) {
      this.activate(target);
      return true;
    }
    switch (key) {
      case 'Enter':
        this.open();
        return true;
      case ' ':
        if (this.activeTile) {
          this.motion.toggle(this.activeTile);
        }
        return true;
      default:
        return false;
    }
  }

  private open(): void {
    if (this.activeClip) {
      host.postMessage({ type: 'open', key: this.activeClip.key });
    }
  }

  /** Makes a tile the active one, brings it into view, and plays it. */
  private activate(index: number): void {
    this.active = index;
    this.rows.reveal(index);
    this.drawActive();
    this.keepPlace();
    this.motion.look(this.activeTile);
  }

  private drawActive(): void {
    for (const { element, index } of this.rows.tiles()) {
      element.ariaSelected = String(index === this.active);
    }
    const shown = this.activeTile;
    if (shown) {
      this.element.setAttribute('aria-activedescendant', tileId(shown.clip));
    } else {
      this.element.removeAttribute('aria-activedescendant');
    }
  }

  private keepPlace(): void {
    host.setState({ active: this.activeClip?.key ?? null, first: this.rows.first ?? null });
  }
}
