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
  /** What the clip is called where something is wrong with it. */
  readonly name: string;
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
  /** The names of the clips that are silent because their audio cannot be decoded here. */
  readonly silent: readonly string[];
}

/** Does something with a clip; what goes wrong is said with its name. */
export async function withClip<T>({ name }: Pick<FilmPlace, 'name'>, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    throw new Error(`"${name}": ${reason}`, { cause: error });
  }
}

/** When a frame begins, s. */
export function timeOf(frame: number, { numerator, denominator }: Rate): number {
  return (frame * denominator) / numerator;
}

/** The frame of a clip that is shown in a frame of the film, both counted from where the clip begins. Exact for any clip of a day. */
export function sourceFrame(frame: number, from: Rate, to: Rate): number {
  return Math.floor((frame * from.numerator * to.denominator) / (from.denominator * to.numerator));
}
