import { create } from '../player/dom.ts';
import { hasFile, type Tile } from './tile.ts';

/** How long the pointer or the focus stays on a tile before it plays: what is only passed stays still, ms. */
const REST = 150;

/** Plays the clip of one tile at a time over its first frame, without sound. */
export class Motion {
  private playing: { readonly tile: Tile; readonly video: HTMLVideoElement } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Someone looks at a tile, or at none. Where a person wishes little motion, nothing plays by itself. */
  look(tile: Tile | undefined): void {
    clearTimeout(this.timer);
    if (this.playing?.tile !== tile) {
      this.stop();
    }
    if (tile && !this.playing && !wishesLittleMotion()) {
      this.timer = setTimeout(() => {
        this.play(tile);
      }, REST);
    }
  }

  /** Plays a tile or stops it, as a person asks. */
  toggle(tile: Tile): void {
    clearTimeout(this.timer);
    const isPlaying = this.playing?.tile === tile;
    this.stop();
    if (!isPlaying) {
      this.play(tile);
    }
  }

  /** A tile that was scrolled away does not play on. */
  stopIfGone(): void {
    if (this.playing && !this.playing.video.isConnected) {
      this.stop();
    }
  }

  private stop(): void {
    clearTimeout(this.timer);
    if (this.playing) {
      const { video } = this.playing;
      this.playing = undefined;
      video.remove();
      // Without this the browser keeps the file until it tidies up.
      video.removeAttribute('src');
      video.load();
    }
  }

  private play(tile: Tile): void {
    const { clip, picture } = tile;
    // The row may have gone meanwhile.
    if (!hasFile(clip) || !picture.isConnected) {
      return;
    }
    const video = create('video', { muted: true, loop: true, playsInline: true, src: clip.source });
    video.ariaHidden = 'true';
    video.tabIndex = -1;
    this.playing = { tile, video };
    picture.append(video);
    video.play().catch(() => {
      // Stopped before it could begin, or a file that cannot be played: the first frame tells of that.
    });
  }
}

/** VS Code has a setting of its own for it, and says so by a class. */
function wishesLittleMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
