import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { l10n, Uri, workspace } from 'vscode';
import type { Log } from '../base/log.ts';
import { mismatchIn, type Mismatch } from '../cut/assemble.ts';
import { layOut, type Cut } from '../cut/cut.ts';
import { clipUri } from '../host/clipUri.ts';
import { messages } from '../host/messages.ts';
import { makeFilm, type FilmEnd } from '../preview/filmPanel.ts';
import type { Encoder } from '../preview/filmProtocol.ts';
import type { ReadClip } from './cutClips.ts';
import { putFile, targetOf, type CutTargets } from './cutFiles.ts';

/** What making an MP4 needs from outside. */
export interface CutFilmServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  /** Nobody is there to confirm a codec: any will do, and a note names it. The keyboard stays where it is. */
  readonly isUnattended?: boolean;
  /** Cancels it. */
  readonly signal?: AbortSignal;
}

/** How making it ended; `codec` where it is another than H.264, which nobody was there to confirm. */
type CutFilmEnd = FilmEnd & { readonly file?: Uri; readonly codec?: string | undefined };

/** Ends the writing of a file that is not to be kept. */
class NotMade extends Error {
  override readonly name = 'NotMade';
  readonly end: FilmEnd;

  constructor(end: FilmEnd) {
    super(end.kind);
    this.end = end;
  }
}

/** Why the video has to be encoded, in words; `undefined` where it is copied as it is. */
export function encodingReason(cut: Cut, clips: readonly ReadClip[]): string | undefined {
  const mismatch = mismatchIn(
    cut,
    clips.map(({ facts }) => facts),
  );
  return mismatch && reasonText(mismatch);
}

function reasonText({ clip: { name, width, height, rate }, what }: Mismatch): string {
  switch (what) {
    case 'size':
      return l10n.t('"{0}" is {1} × {2}', name, width, height);
    case 'rate':
      return l10n.t('"{0}" has {1} fps', name, Number((rate.numerator / rate.denominator).toFixed(3)));
    case 'codec':
      return l10n.t('"{0}" is encoded differently', name);
    case 'times':
      return l10n.t('"{0}" has a variable frame rate', name);
  }
}

/** Makes the MP4 of a cut; how that ended. What is not whole is not kept. Rejects where it cannot be written. */
export async function makeCutFilm(
  cut: Cut,
  clips: readonly ReadClip[],
  targets: CutTargets,
  services: CutFilmServices,
): Promise<CutFilmEnd> {
  const reason = encodingReason(cut, clips);
  const alone = anyCodec();
  let end: FilmEnd = { kind: 'cancelled' };
  const fill = async (part: Uri): Promise<void> => {
    const folder = part.scheme === 'file' ? undefined : await mkdtemp(join(tmpdir(), 'dailies-'));
    const path = folder === undefined ? part.fsPath : join(folder, 'film.mp4');
    try {
      const file = await open(path, 'wx');
      try {
        end = await makeFilm(
          {
            name: targetOf(targets, 'mp4').path.split('/').at(-1) ?? '',
            what:
              reason === undefined
                ? l10n.t('The video is copied without loss.')
                : l10n.t('The video is re-encoded, because {0}.', reason),
            clips: layOut(cut).map(({ clip, start, duration }) => ({
              file: clipUri(clip.path),
              start,
              duration,
              rate: clip.rate,
            })),
            rate: cut.rate,
            width: cut.width,
            height: cut.height,
            isEncoded: reason !== undefined,
          },
          {
            ...services,
            agree: services.isUnattended === true ? alone.agree : agree,
            write: async (position, bytes) => {
              await file.write(bytes, 0, bytes.length, position);
            },
          },
        );
        if (end.kind === 'done') {
          await file.sync();
        }
      } finally {
        await file.close();
      }
      if (end.kind !== 'done') {
        throw new NotMade(end);
      }
      if (folder !== undefined) {
        await workspace.fs.copy(Uri.file(path), part);
      }
    } finally {
      if (folder !== undefined) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  };
  try {
    const file = await putFile(targets, 'mp4', fill);
    return { ...end, file, codec: alone.codec() };
  } catch (error) {
    if (error instanceof NotMade) {
      return error.end;
    }
    throw error;
  }
}

/** What is to be known of an MP4, or why there is none. */
export function notesOn(end: CutFilmEnd): string[] {
  switch (end.kind) {
    case 'done':
      return [
        ...(end.audio === 'flac'
          ? [l10n.t("The clips' audio differs, so the MP4 has it as FLAC, which some programs don't read.")]
          : []),
        ...(end.codec === undefined
          ? []
          : [l10n.t("The MP4 is encoded as {0}, which some programs don't read.", end.codec)]),
      ];
    case 'cancelled':
      return [l10n.t('The MP4 was cancelled.')];
    case 'failed':
      return [l10n.t("The MP4 couldn't be made: {0}", end.reason)];
  }
}

/** Takes any codec there is. */
function anyCodec(): {
  readonly agree: (codec: Encoder | null) => Promise<boolean>;
  readonly codec: () => string | undefined;
} {
  let taken: Encoder | null = null;
  return {
    agree: async codec => {
      taken = codec;
      return Promise.resolve(codec !== null);
    },
    codec: () => (taken === null || taken === 'avc' ? undefined : nameOf(taken)),
  };
}

function nameOf(codec: Exclude<Encoder, 'avc'>): string {
  return codec === 'vp9' ? 'VP9' : 'AV1';
}

/** H.264 needs no word; another codec does, and none ends it. */
async function agree(codec: Encoder | null): Promise<boolean> {
  if (codec === 'avc') {
    return true;
  }
  if (codec === null) {
    void messages.error(l10n.t("This VS Code can't encode video, so the MP4 can't be made."), {
      modal: true,
      detail: l10n.t(
        'Export a timeline (OpenTimelineIO, Final Cut Pro XML or EDL) and render it in your editing program, or cut only clips of one size and frame rate.',
      ),
    });
    return false;
  }
  const name = nameOf(codec);
  const go = l10n.t('Encode as {0}', name);
  const choice = await messages.warning(
    l10n.t("This VS Code can't encode H.264. Encode the video as {0} instead?", name),
    { modal: true, detail: l10n.t('Some editing programs do not read it.') },
    go,
  );
  return choice === go;
}
