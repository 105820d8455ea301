import { create } from '../player/dom.ts';
import { thumbnailOf } from '../player/thumbnail.ts';
import type { Ages, SheetClip, SheetHeading, SheetWords } from '../sheetProtocol.ts';
import { Frames, type FrameListener } from './frames.ts';
import { HEADING, makeHeading } from './heading.ts';
import { host } from './host.ts';
import { GAP, layoutOf, lineBelow, lineOf, PADDING, rowsAround, type Layout } from './layout.ts';
import { hasFile, makeTile, type Tile } from './tile.ts';

/** The height of a caption, em: two lines and the space between. */
const CAPTION = 2.6;

/** The space above and below a caption, CSS pixels. */
const CAPTION_GAP = 8;

/** With thumbnails lower than this, captions have no room for an icon, CSS pixels. */
const NARROW = 80;

/** While scrolling faster than this, no frames are decoded, CSS pixels per ms. */
const FAST = 1.5;

/** Scrolling counts as over after this time without movement, ms. */
const REST = 100;

/** A row that exists in the document. */
interface Row {
  readonly element: HTMLElement;
  readonly tiles: readonly Tile[];
}

/** A tile that keeps its position on the screen when the rows change. */
interface Anchor {
  readonly key: number;
  /** How far its row starts above the view, CSS pixels. */
  readonly above: number;
}

/**
 * The rows of tiles in a scrolling element, virtualised: only those in view and a few around them exist. Dispatches `draw` when
 * tiles have been added or removed, and `rest` when scrolling has ended.
 */
export class Rows extends EventTarget {
  /** As high as all rows together, for the scroll bar. */
  readonly element = create('div', { className: 'rows', role: 'rowgroup' });
  private readonly view: HTMLElement;
  private readonly words: SheetWords;
  private readonly frames: Frames;
  private readonly rows = new Map<number, Row>();
  private clips: readonly SheetClip[] = [];
  private headings: readonly SheetHeading[] = [];
  /** The age of each clip, as text. */
  private ages: ReadonlyMap<number, string> = new Map();
  private tileSize: number;
  private layout: Layout = layoutOf({
    width: 0,
    size: 1,
    count: 0,
    captionHeight: 0,
    headings: [],
    headingHeight: 0,
  });
  /** Scroll position and height of the view, CSS pixels. Cached, because reading them from the browser forces a layout. */
  private top = 0;
  private height = 0;
  /** When the view was last scrolled, ms. */
  private scrolledAt = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;

  /** `size`: the minimum width of a tile, CSS pixels. */
  constructor(view: HTMLElement, words: SheetWords, size: number) {
    super();
    this.view = view;
    this.words = words;
    this.tileSize = size;
    const listener: FrameListener = {
      taken: (clip, frame) => {
        this.drawFrame(this.tileOf(clip.key));
        void sendThumbnail(clip, frame);
      },
      failed: ({ key }, reason) => {
        this.drawFrame(this.tileOf(key));
        host.postMessage({ type: 'frameFailed', key, reason });
      },
    };
    this.frames = new Frames(listener, document.body.dataset.reader ?? '');
    view.addEventListener('scroll', ({ timeStamp }) => {
      this.scroll(timeStamp);
    });
    new ResizeObserver(() => {
      this.arrange(this.anchor());
    }).observe(view);
  }

  /** The rows of tiles and headings. */
  get lines(): Layout['lines'] {
    return this.layout.lines;
  }

  /** How many whole rows are in view, at least 1. */
  get page(): number {
    return Math.max(1, Math.floor(this.height / this.layout.rowHeight));
  }

  /** The first clip that is completely in view; `undefined` when scrolled to the top. */
  get first(): number | undefined {
    return this.anchor()?.key;
  }

  /** Changes the minimum width of a tile, CSS pixels. */
  resize(size: number): void {
    this.tileSize = size;
    this.arrange(this.anchor());
  }

  /** Shows these clips. The scroll position is kept if its clip is among them; initially it is that of `first`. */
  show(
    clips: readonly SheetClip[],
    headings: readonly SheetHeading[],
    ages: Ages,
    first: number | undefined,
  ): void {
    const anchor = this.anchor() ?? (first === undefined ? undefined : { key: first, above: 0 });
    this.clips = clips;
    this.headings = headings;
    this.ages = new Map(ages);
    this.frames.forgetFailures();
    this.arrange(anchor);
  }

  /** Updates the ages of these clips. */
  showAges(ages: Ages): void {
    this.ages = new Map([...this.ages, ...ages]);
    for (const tile of this.tiles()) {
      tile.showAge(this.ageOf(tile.clip));
    }
  }

  /** Scrolls a tile into view. */
  reveal(index: number): void {
    const { lines } = this.layout;
    const at = lineOf(lines, index);
    const line = lines[at];
    if (!line) {
      return;
    }
    const above = lines[at - 1];
    // The heading above comes into view with its first row.
    const top = (above?.count === 0 ? above.top : line.top) - GAP;
    const bottom = line.top + line.height;
    if (top < this.top || bottom > this.top + this.height) {
      this.view.scrollTop = top < this.top ? top : bottom - this.height;
      this.look();
      this.draw();
      this.wantFrames();
    }
  }

  *tiles(): Iterable<Tile> {
    for (const row of this.rows.values()) {
      yield* row.tiles;
    }
  }

  /** The tile of a clip, if it exists. */
  tileOf(key: number | undefined): Tile | undefined {
    return [...this.tiles()].find(tile => tile.clip.key === key);
  }

  /** The tile that an event is in. */
  tileAt(target: EventTarget | null): Tile | undefined {
    const element = target instanceof Element ? target.closest('.tile') : null;
    return [...this.tiles()].find(tile => tile.element === element);
  }

  private scroll(now: number): void {
    const before = this.top;
    this.look();
    const isFast = Math.abs(this.top - before) > FAST * (now - this.scrolledAt);
    this.scrolledAt = now;
    this.draw();
    if (isFast) {
      this.frames.want([]);
    } else {
      this.wantFrames();
    }
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.wantFrames();
      this.dispatchEvent(new Event('rest'));
    }, REST);
  }

  /** Rebuilds the layout. */
  private arrange(anchor: Anchor | undefined): void {
    const { view, element } = this;
    const fontSize = parseFloat(getComputedStyle(view).fontSize);
    const captionHeight = Math.round(fontSize * CAPTION) + CAPTION_GAP;
    this.layout = layoutOf({
      width: view.clientWidth,
      size: this.tileSize,
      count: this.clips.length,
      captionHeight,
      headings: this.headings.map(({ at }) => at),
      headingHeight: Math.round(fontSize * HEADING) + GAP,
    });
    const { columns, lines, height, thumbnailHeight } = this.layout;
    this.rows.clear();
    element.replaceChildren();
    view.ariaRowCount = String(lines.length);
    view.ariaColCount = String(columns);
    element.style.height = `${height}px`;
    for (const [name, pixels] of Object.entries({
      gap: GAP,
      padding: PADDING,
      'thumbnail-height': thumbnailHeight,
      'caption-height': captionHeight,
    })) {
      element.style.setProperty(`--${name}`, `${pixels}px`);
    }
    element.style.setProperty('--columns', String(columns));
    element.classList.toggle('narrow', thumbnailHeight < NARROW);
    const index = this.clips.findIndex(({ key }) => key === anchor?.key);
    if (anchor && index >= 0) {
      view.scrollTop = (lines[lineOf(lines, index)]?.top ?? 0) - GAP + anchor.above;
    }
    this.look();
    this.draw();
    this.wantFrames();
  }

  /** Updates what is in view. */
  private look(): void {
    this.top = this.view.scrollTop;
    this.height = this.view.clientHeight;
  }

  /** Adds missing rows, and removes those that are out of view. */
  private draw(): void {
    const [from, to] = rowsAround(this.layout, this.top, this.height);
    for (const [index, row] of this.rows) {
      if (index < from || index >= to) {
        row.element.remove();
        this.rows.delete(index);
      }
    }
    for (let index = to - 1; index >= from; index--) {
      if (!this.rows.has(index)) {
        const row = this.makeRow(index);
        this.rows.set(index, row);
        this.element.insertBefore(row.element, this.rows.get(index + 1)?.element ?? null);
      }
    }
    this.dispatchEvent(new Event('draw'));
  }

  private makeRow(index: number): Row {
    const { columns, lines } = this.layout;
    const { top, first, count, heading } = lines[index] ?? { top: 0, first: 0, count: 0 };
    const tiles = this.clips
      .slice(first, first + count)
      .map((clip, column) => makeTile(clip, first + column, column, this.words, this.ageOf(clip)));
    const above = this.headings.findLast(({ at }) => at <= first);
    tiles.forEach(tile => {
      this.drawFrame(tile);
      // For those who do not see what it stands below.
      tile.element.ariaDescription = above?.title ?? null;
    });
    const shot = heading === undefined ? undefined : this.headings[heading];
    const cells = shot ? [makeHeading(shot, columns)] : tiles.map(tile => tile.element);
    const element = create('div', { className: 'row', role: 'row' }, ...cells);
    element.ariaRowIndex = String(index + 1);
    element.style.transform = `translateY(${top}px)`;
    return { element, tiles };
  }

  private ageOf({ key }: SheetClip): string {
    return this.ages.get(key) ?? '';
  }

  private drawFrame(tile: Tile | undefined): void {
    if (tile && hasFile(tile.clip)) {
      tile.showFrame(this.frames.get(tile.clip));
    }
  }

  /** Requests the frames of the tiles, the nearest to the middle of the view first. */
  private wantFrames(): void {
    const { lines, rowHeight } = this.layout;
    const middle = this.top + (this.height - rowHeight) / 2;
    const distance = ({ index }: Tile): number => Math.abs((lines[lineOf(lines, index)]?.top ?? 0) - middle);
    const tiles = [...this.tiles()].sort((a, b) => distance(a) - distance(b));
    this.frames.want(tiles.map(tile => tile.clip).filter(hasFile));
  }

  /** The anchor; none at the top, where new clips are to come into view. */
  private anchor(): Anchor | undefined {
    if (this.top <= 0) {
      return undefined;
    }
    const { lines } = this.layout;
    const below = lines[lineBelow(lines, this.top + GAP)];
    const line = below && lines[lineOf(lines, below.first)];
    const clip = line && this.clips[line.first];
    return clip && { key: clip.key, above: this.top + GAP - line.top };
  }
}

async function sendThumbnail({ key, wantsThumbnail }: SheetClip, frame: HTMLCanvasElement): Promise<void> {
  const jpeg = wantsThumbnail ? await thumbnailOf(frame) : undefined;
  if (jpeg) {
    host.postMessage({ type: 'thumbnail', key, jpeg });
  }
}
