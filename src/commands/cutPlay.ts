import { l10n } from 'vscode';
import { assemble } from '../cut/assemble.ts';
import { perSecond } from '../cut/frameRate.ts';
import { clipUri } from '../host/clipUri.ts';
import type { CutPlayer } from '../preview/cutPanel.ts';
import { clockText } from '../views/measures.ts';
import { readyClips, type CutClipServices } from './cutClips.ts';
import type { CutSource } from './cutSource.ts';

/** What playing needs from outside. */
export interface CutPlayServices extends CutClipServices {
  readonly cutPlayer: Pick<CutPlayer, 'show'>;
}

/** Plays the clips of a cut one after the other. What is missing is named first. */
export async function playCut(source: CutSource, services: CutPlayServices): Promise<void> {
  const clips = await readyClips(source, services, l10n.t('Play Without Them'));
  if (!clips) {
    return;
  }
  const cut = assemble(
    source.name,
    clips.map(({ clip }) => clip),
  );
  services.cutPlayer.show({
    name: cut.name,
    rate: perSecond(cut.rate),
    clips: clips.map(({ task, clip }) => {
      const duration = clip.duration / perSecond(clip.rate);
      return {
        key: task.key,
        name: clip.name,
        file: clipUri(clip.path),
        duration,
        length: clockText(duration),
      };
    }),
  });
}
