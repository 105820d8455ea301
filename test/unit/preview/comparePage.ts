import type { ComparedClip, FromComparePage, ToComparePage } from '../../../src/preview/compareProtocol.ts';
import { compareHtml } from '../../../src/preview/html.ts';
import type { ClipName } from '../../fixtures/clips/clips.ts';
import { eventually } from '../../vscode/wait.ts';
import { BrowserPage, usePage } from './browserPage.ts';
import { readNumber } from './counter.ts';

/** The page of compared clips. */
export class ComparePage extends BrowserPage<FromComparePage, ToComparePage> {
  async open(): Promise<void> {
    await this.load();
  }

  /** A clip as the extension tells of it; its key is its place. */
  clip(key: number, name: string, more: Partial<ComparedClip> = {}): ComparedClip {
    const source = `${this.origin}/clips/${name}.mp4`;
    return {
      key,
      name: `${key} ${name}`,
      words: 'saved',
      facts: [],
      content: { kind: 'clip', source },
      ...more,
    };
  }

  /** Shows clips, and waits until there is a picture of each. */
  async show(...names: ClipName[]): Promise<void> {
    const clips = names.map((name, index) => this.clip(index + 1, name));
    await this.send({ type: 'show', clips, plays: true });
    await eventually(async () => {
      const ready = await this.page.locator('.clip[data-state=ready]').count();
      if (ready !== names.length) throw new Error(`Only ${ready} of ${names.length} clips have a picture`);
    });
  }

  /** What each video says of itself, in their order on the page. */
  async videos<K extends keyof HTMLVideoElement>(name: K): Promise<HTMLVideoElement[K][]> {
    return this.page
      .locator('video')
      .evaluateAll(
        (videos, property) => videos.map(video => (video as HTMLVideoElement)[property as K]),
        name,
      );
  }

  /** The number that the frame of each clip shows, in their order on the page. */
  async numbers(): Promise<number[]> {
    const videos = await this.page.locator('video').all();
    return Promise.all(videos.map(video => video.evaluate(readNumber)));
  }
}

/** Starts a browser and the server of the page for a `describe`, and gives each test a page of its own. */
export function useComparePage(): () => ComparePage {
  return usePage(compareHtml, (page, origin) => new ComparePage(page, origin));
}
