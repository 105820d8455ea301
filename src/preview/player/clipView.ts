import type { PageWords, Show, ShowRequest } from '../protocol.ts';
import { decisionIn } from '../decision.ts';
import { codecName } from './details.ts';
import { filled } from './dom.ts';
import type { ControlBar } from './controls/controlBar.ts';
import type { Overlay } from './overlay.ts';
import type { Details } from './details.ts';
import { host, savedTime } from './host.ts';
import type { ClipPlayback } from './playback.ts';
import type { Player } from './player.ts';
import type { Report } from './report.ts';
import { firstFrameOf } from './thumbnail.ts';

/** The parts of the page that depend on what is shown. */
export interface ClipViewParts {
  readonly player: Player;
  readonly overlay: Overlay;
  readonly report: Report;
  readonly bar: ControlBar;
  readonly details: Details;
  readonly words: PageWords;
}

/** Shows what the extension sends: a clip, or why there is none. */
export class ClipView {
  private readonly parts: ClipViewParts;
  private readonly playback: ClipPlayback;
  private shown: Show | undefined;
  /** The URL of the loaded file. */
  private loaded: string | undefined;

  /** `loaded`: the URL of the file that the page's HTML has already started to load. */
  constructor(parts: ClipViewParts, loaded: string | undefined) {
    this.parts = parts;
    this.playback = parts.player.playback;
    this.loaded = loaded;
    parts.overlay.showLoading();
    this.playback.addEventListener('loadeddata', () => {
      this.reveal();
    });
    this.playback.addEventListener('error', () => {
      this.showFailure();
    });
    this.playback.addEventListener('decided', () => {
      if (this.playback.unplayable) {
        this.showFailure();
      } else if (this.playback.element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        this.reveal();
      }
    });
    this.playback.addEventListener('facts', () => {
      const { facts } = this.playback;
      parts.details.showMedia(facts);
      parts.player.frameRate = facts?.video?.frameRate;
    });
    const saveState = (): void => {
      this.saveState();
    };
    for (const event of ['timeupdate', 'seeked']) {
      this.playback.addEventListener(event, saveState);
    }
    // The target of a seek counts too: the window may be reloaded before it is reached.
    parts.player.addEventListener('target', saveState);
  }

  /** The capabilities of the task that is shown. */
  get can(): string {
    return this.shown?.can ?? '';
  }

  /** The URL of the file that is shown, if any. */
  get source(): string | undefined {
    return this.shown?.content.kind === 'clip' ? this.shown.content.source : undefined;
  }

  /** Shows a clip or the reason why there is none. A clip that is already shown keeps playing. `request`: see `ToPage`. */
  show(show: Show, request: ShowRequest | null): void {
    const { player, report, bar, details } = this.parts;
    const before = this.source;
    this.shown = show;
    details.show(show);
    document.body.dataset.vscodeContext = show.menu;
    bar.showNeighbours(show.neighbours);
    bar.showDecision(decisionIn(show.can));
    if (show.content.kind === 'clip') {
      report.clear();
      if (show.content.source !== before) {
        this.begin(show.content.source, request);
      } else if (request === 'clip') {
        player.play();
      }
    } else {
      player.stop();
      this.playback.unload();
      this.loaded = undefined;
      report.show(show, show.content);
    }
  }

  private begin(source: string, request: ShowRequest | null): void {
    const { player, overlay } = this.parts;
    overlay.showLoading();
    if (this.loaded !== source) {
      this.loaded = source;
      this.playback.load(source);
    }
    const { error, readyState } = this.playback.element;
    if (error || this.playback.unplayable) {
      this.showFailure();
    } else if (readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      this.reveal();
    }
    const time = savedTime(source);
    if (time !== undefined) {
      this.playback.currentTime = time;
    }
    if (request === 'clip' || (time === undefined && request === null)) {
      player.play();
    } else {
      // Saved now, so that a hidden page comes back at the same position.
      this.saveState();
    }
  }

  private reveal(): void {
    const { source } = this;
    if (source !== undefined && !this.playback.isUndecided) {
      this.parts.overlay.open();
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

  private showFailure(): void {
    const { source } = this;
    const { overlay, words } = this.parts;
    if (source !== undefined) {
      const { element, unplayable } = this.playback;
      const why = unplayable ? filled(words.unsupportedVideo, codecName(unplayable.codec)) : words.cannotPlay;
      overlay.showFailure(why);
      const reason = unplayable ? `No decoder for ${unplayable.codec}` : (element.error?.message ?? '');
      host.postMessage({ type: 'playerFailed', source, reason });
    }
  }

  private saveState(): void {
    const { shown, source } = this;
    if (shown && source !== undefined) {
      host.setState({ ...shown.state, source, time: this.parts.player.time });
    }
  }
}
