import { makeVideosWith, type MakeVideos } from '../commands/makeVideos.ts';
import { prepareImagesWith, type PrepareImages } from '../commands/prepareImages.ts';
import type { Model } from '../gateway/models.ts';
import { modelTable } from '../gateway/modelTable.ts';
import { FollowedSetting } from '../host/followedSetting.ts';
import { isStrings, Kept } from '../host/kept.ts';
import { ownSaveFolder } from '../host/saveFolder.ts';
import { dayLimitSetting, modelsSetting, pricesSetting } from '../host/settings.ts';
import { settings } from '../ids.ts';
import { Making } from '../making/making.ts';
import { isRefusedImage, isUploadMemory } from '../making/uploads.ts';
import { sourceText } from '../tasks/shot.ts';
import type { Base } from './base.ts';

/** What makes videos: its verbs, the one that people use, and the model table. */
export interface MakingParts {
  readonly making: Making;
  readonly makeVideos: MakeVideos;
  readonly prepareImages: PrepareImages;
  /** Whether there is a key for an origin. Rejects when that cannot be known. */
  readonly hasKeyFor: (origin: string) => Promise<boolean>;
  /** A model's row of the table. */
  readonly modelOf: (id: string) => Model | undefined;
  /** The whole model table, a person's own rows in it. */
  readonly models: () => readonly Model[];
}

/** Creates the verbs of making. */
export function createMaking({ context, parts, store, clock, keys, log }: Base): MakingParts {
  const models = parts.add(
    new FollowedSetting(
      settings.models,
      () => new Map(modelTable(modelsSetting()).models.map(model => [model.id, model])),
    ),
  );
  const modelOf = (id: string): Model | undefined => models.get().get(id);
  const making = new Making({ store, clock, modelOf, prices: pricesSetting, dayLimit: dayLimitSetting });
  const hasKeyFor = async (origin: string): Promise<boolean> => (await keys.get(origin)) !== undefined;
  const prepareImages = prepareImagesWith({
    clock,
    log,
    modelOf,
    sourceOfFrame: path => {
      const source = store.takes.sourceOfFrame(path);
      return source && sourceText(source);
    },
    wasRefused: ({ link, at }) =>
      isRefusedImage(link, [
        ...store.intents
          .since(at)
          .filter(({ state }) => state === 'refused')
          .map(({ body, problemText }) => ({ request: body, reason: problemText })),
        ...store
          .list()
          .filter(({ generation, trackedAt }) => generation === 'failed' && trackedAt >= at)
          .map(({ request, error }) => ({ request, reason: error })),
      ]),
    uploads: new Kept(context.globalState, 'uploadedImages', isUploadMemory, {}),
    folders: new Kept(context.globalState, 'uploadFolders', isStrings, []),
  });
  const makeVideos = makeVideosWith({
    making,
    clock,
    hasKey: hasKeyFor,
    saveFolder: () => ownSaveFolder(log),
    prepareImages,
  });
  return { making, makeVideos, prepareImages, hasKeyFor, modelOf, models: () => [...models.get().values()] };
}
