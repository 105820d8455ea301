import { playerHtml } from '../../../src/preview/html.ts';
import type { FromPage, PlayerMemory, Show, ToPage, ShowRequest } from '../../../src/preview/protocol.ts';
import type { ClipName } from '../../fixtures/clips/clips.ts';
import { byteRange } from '../../gateway/byteRange.ts';
import { BrowserPage, usePage } from './browserPage.ts';
import { readNumber } from './counter.ts';

/** What the page sends, as it arrives here: bytes are numbers. */
export type Received = Exclude<FromPage, { type: 'saveFrame' }> | SavedFrame;

/** A picture that the page wants to be saved. */
export interface SavedFrame {
  readonly type: 'saveFrame';
  readonly png: readonly number[];
  readonly position: string;
  readonly as: boolean;
}

export const MEMORY: PlayerMemory = {
  volume: 1,
  isMuted: false,
  isLooping: false,
  speed: 1,
  showsDetails: true,
};

/** The player's page. */
export class PlayerPage extends BrowserPage<Received, ToPage> {
  /** `early`: the clip that it begins with. */
  async open(early?: ClipName): Promise<void> {
    await this.load(early === undefined ? '' : `?${early}`);
  }

  /** Shows a clip, and waits until there is a picture. */
  async show(clip: string, more: Partial<Show> = {}): Promise<void> {
    await this.send(this.showing(clip, more));
    await this.page.locator('body[data-state=ready]').waitFor();
  }

  showing(clip: string, more: Partial<Show> = {}, request: ShowRequest | null = null): ToPage {
    const show: Show = {
      state: { key: 1 },
      name: `The ${clip}`,
      prompt: null,
      facts: [],
      path: null,
      chain: null,
      can: 'task saved pickable rejectable',
      menu: '{}',
      neighbours: { previous: false, next: true },
      content: { kind: 'clip', source: `${this.origin}/clips/${clip}.mp4` },
      ...more,
    };
    return { type: 'show', show, request };
  }

  /** Shows a clip that is made of these bytes, by a name that no other clip has. */
  async showBytes(name: string, content: Buffer, more: Partial<Show> = {}): Promise<void> {
    await this.offer(name, content);
    await this.show(name, more);
  }

  /** Has the server give these bytes for a clip, as far as the page can tell. */
  async offer(name: string, content: Buffer): Promise<void> {
    await this.page.route(`**/clips/${name}.mp4`, async route => {
      const part = byteRange(route.request().headers().range, content.length);
      const isPart = part !== undefined && part !== 'unsatisfiable';
      await route.fulfill({
        status: isPart ? 206 : 200,
        contentType: 'video/mp4',
        headers: isPart ? { 'Content-Range': `bytes ${part.start}-${part.end}/${content.length}` } : {},
        body: isPart ? content.subarray(part.start, part.end + 1) : content,
      });
    });
  }

  /** The video's own word: `currentTime`, `paused`. */
  async video<K extends keyof HTMLVideoElement>(name: K): Promise<HTMLVideoElement[K]> {
    return this.page
      .locator('video')
      .evaluate((video, property) => (video as HTMLVideoElement)[property as K], name);
  }

  /** The number that the frame on the screen shows. */
  async shownNumber(): Promise<number> {
    return this.page.locator('video').evaluate(readNumber);
  }

  /** The number that a saved picture shows, and its size. */
  async numberIn(png: readonly number[]): Promise<{ number: number; width: number; height: number }> {
    return this.page.evaluate(`(async () => {
      const picture = await createImageBitmap(new Blob([new Uint8Array(${JSON.stringify(png)})]));
      return { number: (${readNumber.toString()})(picture), width: picture.width, height: picture.height };
    })()`);
  }
}

/** Starts a browser and the server of the player's page for a `describe`, and gives each test a page of its own. */
export function usePlayerPage(): () => PlayerPage {
  return usePage(playerHtml, (page, origin) => new PlayerPage(page, origin));
}
