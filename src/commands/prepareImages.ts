import { commands as vscodeCommands, l10n, ProgressLocation, window, workspace } from 'vscode';
import { basename, dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { plain } from '../base/plainText.ts';
import type { Model } from '../gateway/models.ts';
import { imagesExpireAfterSetting } from '../host/imageSettings.ts';
import type { Kept } from '../host/kept.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import { readImage, type ImageFile } from '../making/imageFile.ts';
import { localImagesOf } from '../making/localImages.ts';
import type { Wish } from '../making/making.ts';
import { UploadError, uploaderName, type Uploader } from '../making/uploaders.ts';
import {
  eachOnce,
  planImages,
  rememberedLink,
  withImages,
  withUpload,
  type Upload,
  type UploadMemory,
} from '../making/uploads.ts';
import { imageTroubleText, uploadProblemText } from '../views/uploadText.ts';
import { chooseUploader, showWithSettings } from './uploadChoice.ts';

/**
 * Gives wishes whose images are all on the web, or inside the request where that is possible. `undefined`: the person left, or a
 * message has shown why that is impossible.
 */
export type PrepareImages = (wishes: readonly Wish[]) => Promise<readonly Wish[] | undefined>;

/** What is needed to bring images to the web. */
export interface PrepareImagesDependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly modelOf: (id: string) => Model | undefined;
  /** The clip that a frame was saved from, by its path, as tasks hold it. */
  readonly sourceOfFrame: (path: string) => string | undefined;
  /** Whether the gateway has refused an image since it was uploaded. */
  readonly wasRefused: (upload: Upload) => boolean;
  /** What was uploaded before. */
  readonly uploads: Kept<UploadMemory>;
  /** The folders whose images the person lets be uploaded, each with the uploader. */
  readonly folders: Kept<readonly string[]>;
}

/** The most files that a confirmation lists by name. */
const MOST_NAMED = 8;

/** The most folders that are remembered: the oldest go first. */
const MOST_FOLDERS = 500;

/** Gives what brings images to the web. */
export function prepareImagesWith(dependencies: PrepareImagesDependencies): PrepareImages {
  // Before the upload: of a link nobody knows what it is a frame of.
  return wishes =>
    prepare(
      wishes.map(wish => withSource(wish, dependencies)),
      dependencies,
    );
}

/** A wish with the clip that its first frame is from, where that is a file that was saved from one. */
function withSource(wish: Wish, { sourceOfFrame }: PrepareImagesDependencies): Wish {
  const { first_image: first, image_urls: references } = wish.request;
  // Where a model has no first frame, its only reference image stands for it.
  const image: unknown =
    first ?? (Array.isArray(references) && references.length === 1 ? references[0] : null);
  const source = typeof image === 'string' ? sourceOfFrame(image.trim()) : undefined;
  return source === undefined ? wish : { ...wish, source };
}

async function prepare(
  wishes: readonly Wish[],
  dependencies: PrepareImagesDependencies,
): Promise<readonly Wish[] | undefined> {
  const paths = new Set(wishes.flatMap(({ request }) => localImagesOf(request).map(({ path }) => path)));
  if (paths.size === 0) {
    return wishes;
  }
  const files = isWorkspaceTrusted() ? await readAll(paths) : undefined;
  if (!files) {
    return undefined;
  }
  const fileAt = (path: string): ImageFile => {
    const file = files.get(path);
    if (!file) {
      throw new Error(`${path} was not read`);
    }
    return file;
  };
  const plans = wishes.map(({ request }) => ({
    request,
    plan: planImages(request, dependencies.modelOf(String(request.model).trim()), fileAt),
  }));
  const links = await linksOf(eachOnce(plans.flatMap(({ plan }) => plan.toUpload)), dependencies);
  return (
    links &&
    wishes.map((wish, index) => {
      const planned = plans[index];
      return planned ? { ...wish, request: withImages(planned.request, planned.plan, fileAt, links) } : wish;
    })
  );
}

/** Whose files these are is not known in a folder that the person does not trust: a file in it may name any of theirs. */
function isWorkspaceTrusted(): boolean {
  if (!workspace.isTrusted) {
    const manage = l10n.t('Manage Trust');
    const text = l10n.t("In Restricted Mode, images from this computer can't be used.");
    void messages.error(text, manage).then(chosen => {
      if (chosen === manage) {
        void vscodeCommands.executeCommand('workbench.trust.manage');
      }
    });
  }
  return workspace.isTrusted;
}

/** The images by path. If one cannot be read, a message says so, and nothing is sent. */
async function readAll(paths: ReadonlySet<string>): Promise<ReadonlyMap<string, ImageFile> | undefined> {
  const files = new Map<string, ImageFile>();
  for (const path of paths) {
    const file = await readImage(path);
    if ('kind' in file) {
      void messages.error(l10n.t('Nothing was sent. {0}', imageTroubleText(file)));
      return undefined;
    }
    files.set(path, file);
  }
  return files;
}

/** The links of images, by hash: those of before, and of those that are uploaded now. */
async function linksOf(
  files: readonly ImageFile[],
  dependencies: PrepareImagesDependencies,
): Promise<ReadonlyMap<string, string> | undefined> {
  const links = new Map<string, string>();
  const uploader = files.length === 0 ? undefined : await chooseUploader();
  if (!uploader) {
    return files.length === 0 ? links : undefined;
  }
  const { uploads, clock } = dependencies;
  const name = uploaderName(uploader);
  const missing = files.filter(({ hash }) => {
    const days = imagesExpireAfterSetting();
    const link = rememberedLink(uploads.get(), name, hash, clock.now(), days, dependencies.wasRefused);
    if (link !== undefined) {
      links.set(hash, link);
    }
    return link === undefined;
  });
  if (missing.length === 0) {
    return links;
  }
  if (!(await mayUpload(missing, uploader, dependencies.folders))) {
    return undefined;
  }
  return (await uploadAll(missing, uploader, links, dependencies)) ? links : undefined;
}

/** Confirms once for each folder. */
async function mayUpload(
  files: readonly ImageFile[],
  uploader: Uploader,
  folders: Kept<readonly string[]>,
): Promise<boolean> {
  const nameOf = (folder: string): string => `${uploaderName(uploader)} ${folder}`;
  const unconfirmed = [...new Set(files.map(({ path }) => dirname(path)))].filter(
    folder => !folders.get().includes(nameOf(folder)),
  );
  if (unconfirmed.length === 0) {
    return true;
  }
  const upload = l10n.t('Upload');
  const [first = ''] = unconfirmed;
  const message =
    unconfirmed.length === 1
      ? l10n.t('Upload images from the folder "{0}"?', basename(first) || first)
      : l10n.t('Upload images from {0} folders?', unconfirmed.length);
  const detail = [
    ...files.slice(0, MOST_NAMED).map(({ path }) => pathText(path)),
    ...(files.length > MOST_NAMED ? [l10n.t('…and {0} more', files.length - MOST_NAMED)] : []),
    '',
    uploader.kind === 'picgo'
      ? l10n.t('PicGo uploads them to the web, where anyone with the link can open them.')
      : l10n.t('Your command uploads them to the web, where anyone with the link can open them.'),
    l10n.t('Dailies remembers your choice for the folder.'),
  ].join('\n');
  if ((await messages.info(message, { modal: true, detail }, upload)) !== upload) {
    return false;
  }
  await folders.set([...folders.get(), ...unconfirmed.map(nameOf)].slice(-MOST_FOLDERS));
  return true;
}

/** Uploads one after the other; each that is up is remembered at once. */
async function uploadAll(
  files: readonly ImageFile[],
  uploader: Uploader,
  links: Map<string, string>,
  { uploads, clock, log }: PrepareImagesDependencies,
): Promise<boolean> {
  const stop = new AbortController();
  const options = {
    location: ProgressLocation.Notification,
    title: files.length === 1 ? l10n.t('Uploading image') : l10n.t('Uploading {0} images', files.length),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, cancelled) => {
    const listener = cancelled.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      for (const { path, hash } of files) {
        progress.report({ message: plain(basename(path)) });
        try {
          const link = await upload(uploader, path, stop.signal);
          links.set(hash, link);
          await uploads.set(
            withUpload(uploads.get(), uploaderName(uploader), hash, { link, at: clock.now() }),
          );
          log.info(`Image uploaded (${uploader.kind})`);
        } catch (error) {
          if (!stop.signal.aborted) {
            showFailure(error, path, uploader, log);
          }
          return false;
        }
        progress.report({ increment: 100 / files.length });
      }
      return !stop.signal.aborted;
    } finally {
      listener.dispose();
    }
  });
}

async function upload(uploader: Uploader, path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  // Loaded on first use: start-up has no need of them.
  return uploader.kind === 'picgo'
    ? (await import('../making/picgo.ts')).uploadByPicGo(uploader.address, path, signal)
    : (await import('../making/uploadCommand.ts')).uploadByCommand(uploader.command, path, signal);
}

function showFailure(error: unknown, path: string, { kind }: Uploader, log: Log): void {
  if (!(error instanceof UploadError)) {
    throw error;
  }
  log.warn(`Image not uploaded (${kind}): ${error.message}`);
  const setting = kind === 'picgo' ? 'dailies.images.picgoUrl' : 'dailies.images.command';
  showWithSettings(
    l10n.t('Nothing was sent. {0}', uploadProblemText(error.problem, basename(path))),
    setting,
  );
}
