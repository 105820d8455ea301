/** How many frames a second has, as a fraction in whole numbers. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** The form of a film that is made of clips. */
export interface FilmForm {
  readonly rate: Rate;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The codec to encode the video in; `null`: it is copied as it is. */
  readonly codec: FilmCodec | null;
}

/** The codecs that video is encoded in, the most widely read first. */
export const FILM_CODECS = ['avc', 'vp9', 'av1'] as const;
export type FilmCodec = (typeof FILM_CODECS)[number];

/** Where a clip stands in a film, in frames of the film. */
export interface FilmPlace {
  readonly start: number;
  readonly duration: number;
  /** The clip's own rate. */
  readonly rate: Rate;
}

/** A clip of a film. */
export interface FilmClip {
  readonly file: Blob;
  readonly place: FilmPlace;
}

/** How the tracks of a film came to be. */
export interface FilmResult {
  readonly frames: number;
  readonly video: 'copied' | FilmCodec;
  /** FLAC, where the audio of the clips could not be joined as it is. */
  readonly audio: 'none' | 'copied' | 'flac';
}

/** When a frame begins, s. */
export function timeOf(frame: number, { numerator, denominator }: Rate): number {
  return (frame * denominator) / numerator;
}

/** The frame of a clip that is shown in a frame of the film, both counted from where the clip begins. Exact for any clip of a day. */
export function sourceFrame(frame: number, from: Rate, to: Rate): number {
  return Math.floor((frame * from.numerator * to.denominator) / (from.denominator * to.numerator));
}
