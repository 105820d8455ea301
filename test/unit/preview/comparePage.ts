import type { Page } from 'playwright-core';
import type { ComparedClip, FromComparePage, ToComparePage } from '../../../src/preview/compareProtocol.ts';
import { compareHtml } from '../../../src/preview/html.ts';
import type { ClipName } from '../../fixtures/clips/clips.ts';
import { eventually } from '../../vscode/wait.ts';
import { readNumber, standInForHost, usePage } from './playerPage.ts';

/** The real page of compared clips in a real browser, with the extension's side of the protocol in the hands of a test. */
export class ComparePage {
  readonly page: Page;
  readonly heard: FromComparePage[] = [];
  private readonly origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
  }

  /** Opens the page as a webview would, and waits until it speaks. */
  async open(): Promise<void> {
    await this.page.exposeFunction('heard', (message: FromComparePage) => {
      this.heard.push(message);
    });
    await this.page.addInitScript(standInForHost);
    await this.page.goto(this.origin);
    await this.hear('ready');
  }

  /** Says something to the page as the extension does. */
  async send(message: ToComparePage): Promise<void> {
    await this.page.evaluate(sent => {
      window.postMessage(sent, '*');
    }, message);
  }

  /** A clip as the extension tells of it; its key is its place. */
  clip(key: number, name: string, more: Partial<ComparedClip> = {}): ComparedClip {
    const source = `${this.origin}/clips/${name}.mp4`;
    return { key, name: `${key} ${name}`, facts: [], content: { kind: 'clip', source }, ...more };
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

  /** The first message of a type that has come or comes. */
  async hear<T extends FromComparePage['type']>(type: T): Promise<Extract<FromComparePage, { type: T }>> {
    return eventually(() => {
      const found = this.heard.find(message => message.type === type);
      if (!found) throw new Error(`The page has not said ${type}, but: ${JSON.stringify(this.heard)}`);
      return found as Extract<FromComparePage, { type: T }>;
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
  return usePage('compare', compareHtml, (page, origin) => new ComparePage(page, origin));
}
