import { makeVideosWith, type MakeVideos } from '../commands/makeVideos.ts';
import { modelCalled, type Model } from '../gateway/models.ts';
import { ownSaveFolder } from '../host/saveFolder.ts';
import { dayLimitSetting, pricesSetting } from '../host/settings.ts';
import { Making } from '../making/making.ts';
import type { Base } from './base.ts';

/** What makes videos: its verbs, the one that people use, and the model table. */
export interface MakingParts {
  readonly making: Making;
  readonly makeVideos: MakeVideos;
  /** A model's row of the table. */
  readonly modelOf: (id: string) => Model | undefined;
}

/** Creates the verbs of making. */
export function createMaking({ store, clock, keys, log }: Base): MakingParts {
  const modelOf = modelCalled;
  const making = new Making({ store, clock, modelOf, prices: pricesSetting, dayLimit: dayLimitSetting });
  const makeVideos = makeVideosWith({
    making,
    clock,
    hasKey: async origin => (await keys.get(origin)) !== undefined,
    saveFolder: () => ownSaveFolder(log),
  });
  return { making, makeVideos, modelOf };
}
