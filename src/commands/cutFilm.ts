import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n, Uri, workspace } from 'vscode';
import type { Log } from '../base/log.ts';
import { layOut, type Cut } from '../cut/cut.ts';
import { clipUri } from '../host/clipUri.ts';
import { withTemporaryFolder } from '../host/localCopy.ts';
import { messages } from '../host/messages.ts';
import { makeFilm, type FilmEnd, type FilmServices } from '../preview/filmPanel.ts';
import type { Encoder } from '../preview/filmProtocol.ts';
import type { ReadClip } from './cutClips.ts';
import { putFile, targetOf, type CutTargets } from './cutFiles.ts';
import { encodingReason, filmProgressText } from './cutFilmText.ts';
import type { UnfinishedFilms } from './cutUnfinished.ts';

/** What making an MP4 needs from outside. */
export interface CutFilmServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  /** Nobody is there to confirm a codec: any will do, and a note names it. The keyboard stays where it is. */
  readonly isUnattended?: boolean;
  /** Cancels it. */
  readonly signal?: AbortSignal;
  /** What is being made: the next start of the window removes what its end leaves. */
  readonly unfinished: UnfinishedFilms;
}

/** An MP4 to be made. */
export interface CutFilmOrder {
  readonly cut: Cut;
  readonly clips: readonly ReadClip[];
  readonly targets: CutTargets;
  /** The shot file that the cut is made from. */
  readonly shotFile: Uri | undefined;
}

/** How that ended; `file` where it is made, `codec` where it is another than H.264, which nobody was there to confirm. */
export type CutFilmEnd = FilmEnd & { readonly file?: Uri; readonly codec?: string | undefined };

/** Ends the writing of a file that is not to be kept. */
class NotMade extends Error {
  override readonly name = 'NotMade';
  readonly end: FilmEnd;

  constructor(end: FilmEnd) {
    super(end.kind);
    this.end = end;
  }
}

/** Makes the MP4 of a cut; how that ended. What is not whole is not kept. Rejects where it cannot be written. */
export async function makeCutFilm(order: CutFilmOrder, services: CutFilmServices): Promise<CutFilmEnd> {
  const alone = anyCodec();
  const codecOf = services.isUnattended === true ? alone.agree : agree;
  let end: FilmEnd = { kind: 'cancelled' };
  const makeAt = async (path: string): Promise<void> => {
    end = await fillFile(path, order, { ...services, agree: codecOf });
    if (end.kind !== 'done') {
      throw new NotMade(end);
    }
  };
  const fill = async (part: Uri): Promise<void> => {
    const { name, shotFile } = { name: nameIn(order), shotFile: order.shotFile?.toString() ?? null };
    if (part.scheme === 'file') {
      await services.unfinished.during({ name, part: part.toString(), shotFile }, () => makeAt(part.fsPath));
      return;
    }
    await withTemporaryFolder(async folder => {
      const path = join(folder, 'film.mp4');
      await services.unfinished.during({ name, part: Uri.file(folder).toString(), shotFile }, () =>
        makeAt(path),
      );
      await workspace.fs.copy(Uri.file(path), part);
    });
  };
  try {
    const file = await putFile(order.targets, 'mp4', fill);
    return { ...end, file, codec: alone.codec() };
  } catch (error) {
    if (error instanceof NotMade) {
      return error.end;
    }
    throw error;
  }
}

function nameIn({ targets }: CutFilmOrder): string {
  return targetOf(targets, 'mp4').path.split('/').at(-1) ?? '';
}

/** Writes the MP4 into a new file, as far as it comes. */
async function fillFile(
  path: string,
  order: CutFilmOrder,
  services: CutFilmServices & Pick<FilmServices, 'agree'>,
): Promise<FilmEnd> {
  const { cut, clips } = order;
  const file = await open(path, 'wx');
  try {
    const end = await makeFilm(
      {
        name: nameIn(order),
        what: filmProgressText(cut, clips),
        clips: layOut(cut).map(({ clip, start, duration }) => ({
          name: clip.name,
          file: clipUri(clip.path),
          start,
          duration,
          rate: clip.rate,
        })),
        rate: cut.rate,
        width: cut.width,
        height: cut.height,
        isEncoded: encodingReason(cut, clips) !== undefined,
      },
      {
        ...services,
        write: async (position, bytes) => {
          await file.write(bytes, 0, bytes.length, position);
        },
      },
    );
    if (end.kind === 'done') {
      await file.sync();
    }
    return end;
  } finally {
    await file.close();
  }
}

/** What is to be known of an MP4, or why there is none. */
export function notesOn(end: CutFilmEnd): string[] {
  switch (end.kind) {
    case 'done':
      return [
        ...(end.audio === 'flac'
          ? [
              l10n.t(
                "The clips' audio can't be joined as it is: the MP4 has it as FLAC, which some programs don't read.",
              ),
            ]
          : []),
        ...end.silent.map(name => l10n.t('The audio of "{0}" can\'t be decoded here: it is silent.', name)),
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
