import { pageContext } from '../pageContext.ts';
import { create } from '../player/dom.ts';
import type { Ages, SheetClip, SheetWords } from '../sheetProtocol.ts';
import { host } from './host.ts';
import { moved } from './layout.ts';
import { Motion } from './motion.ts';
import { Rows } from './rows.ts';
import { Selection } from './selection.ts';
import { tileId, type Tile } from './tile.ts';

/** VS Code takes the command key for what control is elsewhere. */
const IS_MAC = navigator.platform.startsWith('Mac');

/**
 * The clips as a grid of pictures. The grid has the focus, one of the tiles is the active one, which the keys move, and any are
 * selected, as in VS Code's own lists. Tells of `select` when others are.
 */
export class Grid extends EventTarget {
  readonly element: HTMLElement;
  readonly selection = new Selection();
  private readonly rows: Rows;
  private readonly motion = new Motion();
  private clips: readonly SheetClip[] = [];
  private active: number | undefined;
  /** Where the page stood before it was put away with its tab. */
  private place = host.getState();

  /** `size`: how wide a tile is, CSS pixels. */
  constructor(words: SheetWords, size: number) {
    super();
    this.element = create('div', { className: 'grid', role: 'grid', tabIndex: 0, ariaLabel: words.title });
    this.element.ariaMultiSelectable = 'true';
    this.rows = new Rows(this.element, words, size);
    this.element.append(this.rows.element);
    this.rows.addEventListener('draw', () => {
      this.drawMarks();
      this.motion.stopIfGone();
    });
    this.rows.addEventListener('rest', () => {
      this.keepPlace();
    });
    this.selection.addEventListener('change', () => {
      this.drawMarks();
      this.tell();
    });
    this.listenToKeys();
    this.listenToPointer();
  }

  /** The clips that are selected. */
  get selected(): readonly SheetClip[] {
    return this.clips.filter(({ key }) => this.selection.has(key));
  }

  /** Changes how wide a tile is, CSS pixels. */
  resize(size: number): void {
    this.rows.resize(size);
  }

  /** Shows these clips. What was in view stays there, and what was active or selected is it again, if it is among them. */
  show(clips: readonly SheetClip[], ages: Ages): void {
    const active = this.activeClip?.key ?? this.place?.active;
    const index = clips.findIndex(({ key }) => key === active);
    this.clips = clips;
    this.active = index >= 0 ? index : undefined;
    this.selection.follow(clips.map(({ key }) => key));
    this.rows.show(clips, ages, this.place?.first ?? undefined);
    this.place = undefined;
    // A clip that is selected may have changed.
    this.dispatchEvent(new Event('select'));
  }

  /** Time has passed for these. */
  showAges(ages: Ages): void {
    this.rows.showAges(ages);
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
      // Keys with others than these are VS Code's.
      if (!event.altKey && this.clips.length > 0 && this.press(event)) {
        event.preventDefault();
        event.stopPropagation();
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
    element.addEventListener('click', event => {
      const tile = rows.tileAt(event.target);
      if (tile) {
        this.click(tile, event);
      }
    });
    element.addEventListener('contextmenu', ({ target }) => {
      this.offerMenu(rows.tileAt(target)?.clip ?? (target === element ? this.activeClip : undefined));
    });
    element.addEventListener('pointerover', ({ target }) => {
      this.motion.look(rows.tileAt(target));
    });
    element.addEventListener('pointerleave', () => {
      this.motion.look(undefined);
    });
  }

  private click({ index, clip }: Tile, event: MouseEvent): void {
    const from = this.activeClip?.key ?? clip.key;
    this.activate(index);
    if (event.shiftKey) {
      this.selection.extend(clip.key, from);
    } else if (hasControl(event)) {
      this.selection.toggle(clip.key);
    } else {
      this.selection.clear();
      this.open();
    }
  }

  /** VS Code reads what its menu is about when it is asked for: all that is selected, where the clip that is pointed at is. */
  private offerMenu(clip: SheetClip | undefined): void {
    const others = clip && this.selection.has(clip.key) ? this.selection.keys : [];
    const keys = clip ? [clip.key, ...others.filter(key => key !== clip.key)] : [];
    this.element.dataset.vscodeContext = pageContext(keys, clip?.can ?? '');
  }

  /** Whether the key means something here. */
  private press(event: KeyboardEvent): boolean {
    const { columns, page } = this.rows;
    const isControl = hasControl(event);
    const isPlain = !event.ctrlKey && !event.metaKey;
    const target = isPlain ? moved(event.key, this.active ?? 0, this.clips.length, columns, page) : undefined;
    if (target !== undefined) {
      this.goTo(target, event.shiftKey);
      return true;
    }
    switch (event.key) {
      case 'Enter':
        this.open();
        return isPlain;
      case ' ':
        return (isPlain || event.ctrlKey) && this.toggleActive();
      case 'a':
        return isControl && this.selectAll();
      case 'Escape':
        return isPlain && this.unselect();
      case 'k':
        return isPlain && this.playOrPause();
      default:
        return false;
    }
  }

  private goTo(index: number, isRange: boolean): void {
    const from = this.activeClip?.key;
    this.activate(index);
    const to = this.activeClip?.key;
    if (to !== undefined && isRange) {
      this.selection.extend(to, from ?? to);
    } else if (to !== undefined) {
      this.selection.begin(to);
    }
  }

  private toggleActive(): boolean {
    const clip = this.activeClip;
    if (clip) {
      this.selection.toggle(clip.key);
    }
    return clip !== undefined;
  }

  private selectAll(): boolean {
    this.selection.selectAll();
    return true;
  }

  /** Escape means something else to VS Code where nothing is selected. */
  private unselect(): boolean {
    const isAny = this.selection.keys.length > 0;
    this.selection.clear();
    return isAny;
  }

  /** As in the player. */
  private playOrPause(): boolean {
    if (this.activeTile) {
      this.motion.toggle(this.activeTile);
    }
    return true;
  }

  private open(): void {
    if (this.activeClip) {
      host.postMessage({ type: 'open', key: this.activeClip.key });
    }
  }

  /** Makes a tile the active one, brings it into view, and plays it. */
  private activate(index: number): void {
    const isAnother = this.active !== index;
    this.active = index;
    this.rows.reveal(index);
    this.drawMarks();
    this.keepPlace();
    this.motion.look(this.activeTile);
    if (isAnother) {
      this.tell();
    }
  }

  private drawMarks(): void {
    for (const { element, index, clip } of this.rows.tiles()) {
      element.classList.toggle('active', index === this.active);
      element.ariaSelected = String(this.selection.has(clip.key));
    }
    const shown = this.activeTile;
    if (shown) {
      this.element.setAttribute('aria-activedescendant', tileId(shown.clip));
    } else {
      this.element.removeAttribute('aria-activedescendant');
    }
  }

  private tell(): void {
    this.dispatchEvent(new Event('select'));
    host.postMessage({ type: 'select', keys: this.selection.keys, active: this.activeClip?.key ?? null });
  }

  private keepPlace(): void {
    host.setState({ active: this.activeClip?.key ?? null, first: this.rows.first ?? null });
  }
}

function hasControl({ ctrlKey, metaKey }: MouseEvent | KeyboardEvent): boolean {
  return IS_MAC ? metaKey : ctrlKey;
}
