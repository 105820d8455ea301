import type { Memento } from 'vscode';
import type { DisposableStore } from '../base/disposable.ts';
import type { Model } from '../gateway/models.ts';
import { Kept } from '../host/kept.ts';
import { estimateText } from '../host/priceText.ts';
import { gatewaySetting } from '../host/settings.ts';
import { commands } from '../ids.ts';
import { isChoice, type Choice } from '../making/draft.ts';
import type { Making } from '../making/making.ts';
import type { ShotToWrite } from '../making/shotWriter.ts';
import type { TaskStore } from '../store/store.ts';
import type { MakeVideos } from './makeVideos.ts';
import type { NewVideo } from './newVideo.ts';
import { registerCommand } from './register.ts';
import { registerRemakeCommands } from './remakeCommands.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface MakeCommandDependencies {
  readonly store: TaskStore;
  readonly memory: Memento;
  readonly making: Making;
  readonly makeVideos: MakeVideos;
  readonly modelOf: (id: string) => Model | undefined;
  readonly models: () => readonly Model[];
}

/** The ways to a video that begin neither in a shot file nor with an intent. What they need is loaded when it is used first. */
export function registerMakeCommands(
  parts: DisposableStore,
  on: TaskCommands,
  { store, memory, making, makeVideos, modelOf, models }: MakeCommandDependencies,
): void {
  const openShot = async (shot: ShotToWrite): Promise<void> =>
    (await import('./openAsShotFile.ts')).openAsShotFile(shot);
  registerRemakeCommands(on, { store, makeVideos, openShot });
  let form: NewVideo | undefined;
  const newVideo = async (): Promise<NewVideo> => {
    const { NewVideo } = await import('./newVideo.ts');
    return (form ??= new NewVideo({
      models,
      modelOf,
      choice: new Kept<Choice | null>(memory, 'newVideo', isChoice, null),
      estimateOf: request => {
        const gateway = gatewaySetting();
        return estimateText(gateway && making.estimateFor(gateway.base, request));
      },
      makeVideos,
      openShot,
    }));
  };
  parts.add(registerCommand(commands.newVideo, async () => (await newVideo()).start()));
  parts.add(registerCommand(commands.generateSelection, async () => (await newVideo()).startFromSelection()));
  parts.add(
    registerCommand(commands.newShotFile, async given =>
      (await import('./newShotFile.ts')).newShotFile(given),
    ),
  );
}
