import type { PageWords, Show, Wish } from '../protocol.ts';
import { codecName } from './details.ts';
import { filled } from './dom.ts';
import type { ControlBar } from './controls/controlBar.ts';
import type { Curtain } from './curtain.ts';
import type { Details } from './details.ts';
import { host, savedTime } from './host.ts';
import type { ClipPlayback } from './playback.ts';
import type { Player } from './player.ts';
import type { Report } from './report.ts';
import { firstFrameOf } from './thumbnail.ts';

/** The parts that say what is shown. */
export interface ScreenParts {
  readonly player: Player;
  readonly curtain: Curtain;
  readonly report: Report;
  readonly bar: ControlBar;
  readonly details: Details;
  readonly words: PageWords;
}

/** Shows what the extension says: a clip, or why there is none. */
export class Screen {
  private readonly parts: ScreenParts;
  private readonly playback: ClipPlayback;
  private shown: Show | undefined;
  /** The file that is loaded. */
  private loaded: string | undefined;

  /** `loaded`: the file that is being loaded already. */
  constructor(parts: ScreenParts, loaded: string | undefined) {
    this.parts = parts;
    this.playback = parts.player.playback;
    this.loaded = loaded;
    parts.curtain.showLoading();
    this.playback.addEventListener('loadeddata', () => {
      this.lift();
    });
    this.playback.addEventListener('error', () => {
      this.fail();
    });
    this.playback.addEventListener('decided', () => {
      if (this.playback.unplayable) {
        this.fail();
      } else if (this.playback.element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        this.lift();
      }
    });
    this.playback.addEventListener('facts', () => {
      const { facts } = this.playback;
      parts.details.showMedia(facts);
      parts.player.frameRate = facts?.video?.frameRate;
    });
    const keep = (): void => {
      this.keep();
    };
    for (const event of ['timeupdate', 'seeked']) {
      this.playback.addEventListener(event, keep);
    }
    // Where it is going counts too: the window may be reloaded before it is there.
    parts.player.addEventListener('aim', keep);
  }

  /** The file that is shown, where there is one. */
  get source(): string | undefined {
    return this.shown?.content.kind === 'clip' ? this.shown.content.source : undefined;
  }

  /** A clip that is shown already goes on. `wish`: what a person has just asked for. */
  show(show: Show, wish: Wish | null): void {
    const { player, report, bar, details } = this.parts;
    const before = this.source;
    this.shown = show;
    details.show(show);
    document.body.dataset.vscodeContext = show.menu;
    bar.showNeighbours(show.neighbours);
    if (show.content.kind === 'clip') {
      report.clear();
      if (show.content.source !== before) {
        this.begin(show.content.source, wish);
      } else if (wish === 'clip') {
        player.play();
      }
    } else {
      player.stop();
      this.playback.unload();
      this.loaded = undefined;
      report.show(show, show.content);
    }
  }

  private begin(source: string, wish: Wish | null): void {
    const { player, curtain } = this.parts;
    curtain.showLoading();
    if (this.loaded !== source) {
      this.loaded = source;
      this.playback.load(source);
    }
    const { error, readyState } = this.playback.element;
    if (error || this.playback.unplayable) {
      this.fail();
    } else if (readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      this.lift();
    }
    const time = savedTime(source);
    if (time !== undefined) {
      this.playback.currentTime = time;
    }
    if (wish === 'clip' || (time === undefined && wish === null)) {
      player.play();
    } else {
      // Where it stands now it also stands when its tab comes back.
      this.keep();
    }
  }

  private lift(): void {
    const { source } = this;
    if (source !== undefined && !this.playback.isUndecided) {
      this.parts.curtain.open();
      host.postMessage({ type: 'shown', source });
      void this.sendThumbnail(source);
    }
  }

  private async sendThumbnail(source: string): Promise<void> {
    const jpeg = await firstFrameOf(this.playback);
    if (jpeg) {
      host.postMessage({ type: 'thumbnail', source, jpeg });
    }
  }

  private fail(): void {
    const { source } = this;
    const { curtain, words } = this.parts;
    if (source !== undefined) {
      const { element, unplayable } = this.playback;
      const why = unplayable ? filled(words.unsupportedVideo, codecName(unplayable.codec)) : words.cannotPlay;
      curtain.showFailure(why);
      const reason = unplayable ? `No picture: ${unplayable.codec}` : (element.error?.message ?? '');
      host.postMessage({ type: 'playerFailed', source, reason });
    }
  }

  private keep(): void {
    const { shown, source } = this;
    if (shown && source !== undefined) {
      host.setState({ ...shown.state, source, time: this.parts.player.time });
    }
  }
}
