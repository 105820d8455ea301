import { create } from '../player/dom.ts';
import { hasFile, type Tile } from './tile.ts';

/** How long the pointer or the focus must stay on a tile before it plays, ms. */
const REST = 150;

/** Plays the clip of one tile at a time, muted, on top of its first frame. */
export class Motion {
  private playing: { readonly tile: Tile; readonly video: HTMLVideoElement } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** A tile is hovered over or focused, or none is: plays it after a moment, unless the user prefers reduced motion. */
  look(tile: Tile | undefined): void {
    clearTimeout(this.timer);
    if (this.playing?.tile !== tile) {
      this.stop();
    }
    if (tile && !this.playing && !prefersReducedMotion()) {
      this.timer = setTimeout(() => {
        this.play(tile);
      }, REST);
    }
  }

  /** Plays or stops a tile at the user's request. */
  toggle(tile: Tile): void {
    clearTimeout(this.timer);
    const isPlaying = this.playing?.tile === tile;
    this.stop();
    if (!isPlaying) {
      this.play(tile);
    }
  }

  /** Stops a tile that was scrolled out of view. */
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
      // Otherwise the browser holds the file until its next garbage collection.
      video.removeAttribute('src');
      video.load();
    }
  }

  private play(tile: Tile): void {
    const { clip, thumbnail } = tile;
    // The row may have been removed in the meantime.
    if (!hasFile(clip) || !thumbnail.isConnected) {
      return;
    }
    const video = create('video', { muted: true, loop: true, playsInline: true, src: clip.source });
    video.ariaHidden = 'true';
    video.tabIndex = -1;
    this.playing = { tile, video };
    thumbnail.append(video);
    video.play().catch(() => {
      // Stopped before it could start, or a file that can't be played, which the tile already shows.
    });
  }
}

/** Whether the system or VS Code (by a class on the body) is set to reduce motion. */
function prefersReducedMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
