import type { Locator } from 'playwright-core';
import { sheetHtml } from '../../../src/preview/html.ts';
import type {
  Clips,
  FromSheet,
  SheetClip,
  SheetView,
  SheetWords,
  ToSheet,
} from '../../../src/preview/sheetProtocol.ts';
import type { ClipName } from '../../fixtures/clips/clips.ts';
import { BrowserPage, usePage } from './browserPage.ts';

export const VIEW: SheetView = { size: 200, model: null, text: '' };

/** Wide enough for six tiles of 200, and for three rows and a bit. */
const VIEWPORT = { width: 1280, height: 640 };

/** The contact sheet's page. */
export class SheetPage extends BrowserPage<FromSheet, ToSheet> {
  readonly grid = this.page.getByRole('grid');
  readonly tiles = this.page.getByRole('gridcell');

  /** Opens the page, and begins with how the person looks at the sheet. */
  async open(words: SheetWords, view = VIEW): Promise<void> {
    await this.page.setViewportSize(VIEWPORT);
    await this.load();
    await this.begin(words, view);
  }

  /** What the extension does when the page has spoken. */
  async begin(words: SheetWords, view = VIEW): Promise<void> {
    await this.receive('ready');
    await this.page.evaluate(() => {
      // As VS Code gives its theme to a page.
      document.documentElement.style.setProperty('--vscode-font-size', '13px');
      document.documentElement.style.setProperty('--vscode-font-family', 'sans-serif');
    });
    await this.send({ type: 'start', words, view });
  }

  /** Shows clips, and waits until the grid has as many rows as they take. Each is two hours old. */
  async show(clips: readonly SheetClip[], more: Partial<Clips> = {}): Promise<void> {
    await this.send({
      type: 'clips',
      ages: clips.map(({ key }) => [key, '2 h ago']),
      clips: {
        clips,
        headings: [],
        total: clips.length,
        models: [
          ['grok', 'Grok'],
          ['veo', 'Veo'],
        ],
        ...more,
      },
    });
    if (more.headings === undefined) {
      await this.page.waitForFunction(count => {
        const grid = document.querySelector('[role=grid]');
        const [rows, columns] = [Number(grid?.ariaRowCount), Number(grid?.ariaColCount)];
        return rows === Math.ceil(count / columns);
      }, clips.length);
    }
  }

  /** So many clips by the names `clip 1` and so on, each with an address of its own. */
  clips(count: number, file: ClipName = 'counter'): SheetClip[] {
    return Array.from({ length: count }, (_one, index) =>
      this.clip(index + 1, { source: this.source(file, index) }),
    );
  }

  clip(key: number, more: Partial<SheetClip> = {}): SheetClip {
    return {
      key,
      name: `clip ${key}`,
      note: key % 2 === 0 ? 'Veo' : 'Grok',
      length: '0:02',
      isNew: false,
      mark: null,
      about: `Prompt ${key}\nModel: veo`,
      source: this.source('counter', key),
      wantsThumbnail: false,
      can: 'task saved',
      ...more,
    };
  }

  /** A clip whose file is gone. */
  lost(key: number): SheetClip {
    const mark = { icon: 'warning', colour: 'problemsWarningIcon.foreground', text: 'File not found' };
    return this.clip(key, { source: null, mark });
  }

  source(file: string, number = 0): string {
    return `${this.origin}/clips/${file}.mp4?${number}`;
  }

  tile(key: number): Locator {
    return this.page.locator(`#clip-${key}`);
  }

  /** The name of the tile that is the active one; empty for none. */
  async activeName(): Promise<string> {
    return this.grid.evaluate(grid => {
      const id = grid.getAttribute('aria-activedescendant');
      return id === null ? '' : (document.getElementById(id)?.querySelector('.name')?.textContent ?? '?');
    });
  }

  /** The keys of the tiles that are selected. */
  async selected(): Promise<number[]> {
    return this.grid.evaluate(grid =>
      [...grid.querySelectorAll('.tile[aria-selected=true]')].map(tile =>
        Number(tile.id.replace('clip-', '')),
      ),
    );
  }

  /** The names of the tiles that can be seen whole, in order. */
  async namesInView(): Promise<string[]> {
    return this.grid.evaluate(grid => {
      const view = grid.getBoundingClientRect();
      return [...grid.querySelectorAll('.tile')]
        .filter(tile => {
          const { top, bottom } = tile.getBoundingClientRect();
          return top >= view.top && bottom <= view.bottom;
        })
        .map(tile => tile.querySelector('.name')?.textContent ?? '');
    });
  }

  async scrollTo(top: number): Promise<void> {
    await this.grid.evaluate((grid, to) => {
      grid.scrollTop = to;
    }, top);
  }
}

/** Starts a browser and the server of the page for a `describe`, and gives each test a page of its own. */
export function useSheetPage(): () => SheetPage {
  return usePage(sheetHtml, (page, origin) => new SheetPage(page, origin));
}
