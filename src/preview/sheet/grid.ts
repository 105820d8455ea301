import { decisionIn, toggled } from '../decision.ts';
import { pageContext } from '../pageContext.ts';
import { create } from '../player/dom.ts';
import type { Ages, Clips, SheetClip, SheetWords } from '../sheetProtocol.ts';
import { host } from './host.ts';
import { moved } from './layout.ts';
import { Motion } from './motion.ts';
import { Rows } from './rows.ts';
import { Selection } from './selection.ts';
import { tileId, type Tile } from './tile.ts';

/** On macOS, Cmd takes the role of Ctrl. */
const IS_MAC = navigator.platform.startsWith('Mac');

/**
 * The clips as a grid of tiles. Focus and selection work as in VS Code's lists: the grid has the focus, keys move the active tile,
 * and any number of tiles can be selected. Dispatches `select` when the selection or the active tile has changed.
 */
export class Grid extends EventTarget {
  readonly element: HTMLElement;
  readonly selection = new Selection();
  private readonly rows: Rows;
  private readonly motion = new Motion();
  private clips: readonly SheetClip[] = [];
  private active: number | undefined;
  /** The state from before the page was hidden or reloaded. */
  private place = host.getState();

  /** `size`: the minimum width of a tile, CSS pixels. */
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
      this.notify();
    });
    this.listenToKeys();
    this.listenToPointer();
  }

  /** The selected clips. */
  get selected(): readonly SheetClip[] {
    return this.clips.filter(({ key }) => this.selection.has(key));
  }

  /** Changes the minimum width of a tile, CSS pixels. */
  resize(size: number): void {
    this.rows.resize(size);
  }

  /** Shows these clips. Scroll position, active tile and selection are kept as far as their clips are among them. */
  show({ clips, headings }: Pick<Clips, 'clips' | 'headings'>, ages: Ages): void {
    const active = this.activeClip?.key ?? this.place?.active;
    const index = clips.findIndex(({ key }) => key === active);
    this.clips = clips;
    this.active = index >= 0 ? index : undefined;
    this.selection.follow(clips.map(({ key }) => key));
    this.rows.show(clips, headings, ages, this.place?.first ?? undefined);
    this.place = undefined;
    // A selected clip may have changed.
    this.dispatchEvent(new Event('select'));
  }

  /** Updates the ages of these clips. */
  showAges(ages: Ages): void {
    this.rows.showAges(ages);
  }

  /** The selected clips or, without any, the active one. */
  private get chosen(): readonly SheetClip[] {
    const { selected, activeClip } = this;
    return selected.length > 0 || !activeClip ? selected : [activeClip];
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
      // Other key combinations belong to VS Code.
      if (!event.altKey && this.clips.length > 0 && this.press(event)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    element.addEventListener('focus', () => {
      // A click sets the active tile itself.
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

  /** Updates the context of VS Code's menu: the whole selection if the clicked clip is part of it, otherwise that clip. */
  private offerMenu(clip: SheetClip | undefined): void {
    const others = clip && this.selection.has(clip.key) ? this.selection.keys : [];
    const keys = clip ? [clip.key, ...others.filter(key => key !== clip.key)] : [];
    this.element.dataset.vscodeContext = pageContext(keys, clip?.can ?? '');
  }

  /** Handles a key. Returns whether it did. */
  private press(event: KeyboardEvent): boolean {
    const { lines, page } = this.rows;
    const isControl = hasControl(event);
    const isPlain = !event.ctrlKey && !event.metaKey;
    const target = isPlain
      ? moved(event.key, this.active ?? 0, this.clips.length, { lines }, page)
      : undefined;
    if (target !== undefined) {
      this.goTo(target, event.shiftKey);
      return true;
    }
    // Caps Lock makes no difference.
    switch (event.shiftKey ? event.key : event.key.replace(/^[A-Z]$/, letter => letter.toLowerCase())) {
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
      case 'p':
        return isPlain && this.decide('pick');
      case 'r':
        return isPlain && this.decide('reject');
      case 'n':
        return isPlain && this.note();
      default:
        return false;
    }
  }

  /** Picks or rejects the selected clips or, without any, the active one; or takes that back. */
  private decide(decision: 'pick' | 'reject'): boolean {
    const clips = this.chosen;
    const verb = toggled(
      decision,
      clips.map(({ can }) => decisionIn(can)),
    );
    if (verb !== undefined) {
      host.postMessage({ type: 'take', verb, keys: clips.map(({ key }) => key) });
    }
    return verb !== undefined;
  }

  private note(): boolean {
    const clip = this.activeClip;
    if (clip) {
      host.postMessage({ type: 'take', verb: 'note', keys: [clip.key] });
    }
    return clip !== undefined;
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

  /** Clears the selection. Without one, Escape is left to VS Code. */
  private unselect(): boolean {
    const isAny = this.selection.keys.length > 0;
    this.selection.clear();
    return isAny;
  }

  /** Plays or pauses the active tile with K, as in the player. */
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

  /** Makes a tile the active one, scrolls it into view, and plays it. */
  private activate(index: number): void {
    const isAnother = this.active !== index;
    this.active = index;
    this.rows.reveal(index);
    this.drawMarks();
    this.keepPlace();
    this.motion.look(this.activeTile);
    if (isAnother) {
      this.notify();
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

  private notify(): void {
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
