import { decisionIn, toggled, type TakeVerb } from '../decision.ts';
import type { FrameActions } from './frameActions.ts';
import { host } from './host.ts';
import type { Player } from './player.ts';
import type { Settings } from './settings.ts';
import { timeCode } from './timeCode.ts';
import type { Transport } from './transport.ts';

/** What the user can do with playback and audio. */
export type TransportVerb =
  | 'playOrPause'
  | 'backward'
  | 'stop'
  | 'forward'
  | 'previousFrame'
  | 'nextFrame'
  | 'secondBack'
  | 'secondOn'
  | 'toStart'
  | 'toEnd'
  | 'louder'
  | 'quieter'
  | 'muteOrNot'
  | 'slower'
  | 'faster'
  | 'loop';

/** What the user can do on the page. The label is the string of the same name, the keys are those of `KEY_GROUPS`. */
export type Verb =
  | TransportVerb
  | 'previousClip'
  | 'nextClip'
  | 'fullScreen'
  | 'pictureInPicture'
  | 'saveFrame'
  | 'saveFirstFrame'
  | 'saveLastFrame'
  | 'saveFrameAs'
  | 'copyFrame'
  | 'copyTimeCode'
  | 'details'
  | 'copyDetails'
  | 'keyboardHelp'
  | DecisionVerb;

/** Decisions about a take: the first two are toggles. */
export type DecisionVerb = 'pick' | 'reject' | 'note';

/** The function of each verb. */
export type Verbs = Readonly<Record<Verb, () => void>>;

/** What the verbs work on. */
export interface VerbObjects {
  readonly player: Player;
  readonly settings: Settings;
  /** The URL of the current file. */
  readonly source: () => string | undefined;
  readonly frames: FrameActions;
  readonly help: HTMLDialogElement;
  /** The element that goes full screen. */
  readonly main: HTMLElement;
  readonly detailsText: () => string;
  readonly copy: (text: string) => void;
  /** The capabilities of the task that is shown. */
  readonly can: () => string;
}

/** The verbs of playback and audio, for a clip or for several that play in sync. */
export function transportVerbs(player: Player<Transport>, settings: Settings): Pick<Verbs, TransportVerb> {
  return {
    playOrPause: () => {
      player.playOrPause();
    },
    backward: () => {
      player.backward();
    },
    stop: () => {
      player.stop();
    },
    forward: () => {
      player.forward();
    },
    previousFrame: () => {
      player.step(-1);
    },
    nextFrame: () => {
      player.step(1);
    },
    secondBack: () => {
      player.seekBy(-1);
    },
    secondOn: () => {
      player.seekBy(1);
    },
    toStart: () => {
      player.toStart();
    },
    toEnd: () => {
      player.toEnd();
    },
    louder: () => {
      settings.stepVolume(1);
    },
    quieter: () => {
      settings.stepVolume(-1);
    },
    muteOrNot: () => {
      settings.change({ isMuted: !settings.value.isMuted });
    },
    slower: () => {
      settings.stepSpeed(-1);
    },
    faster: () => {
      settings.stepSpeed(1);
    },
    loop: () => {
      settings.change({ isLooping: !settings.value.isLooping });
    },
  };
}

export function makeVerbs(on: VerbObjects): Verbs {
  const { player, settings, frames } = on;
  return {
    ...transportVerbs(player, settings),
    previousClip: () => {
      host.postMessage({ type: 'step', by: -1 });
    },
    nextClip: () => {
      host.postMessage({ type: 'step', by: 1 });
    },
    fullScreen: () => {
      void toggleFullScreen(on.main);
    },
    pictureInPicture: () => {
      void togglePictureInPicture(player.playback.element);
    },
    saveFrame: () => {
      frames.saveShown(on.source(), false);
    },
    saveFirstFrame: () => {
      frames.saveEdge('first', on.source());
    },
    saveLastFrame: () => {
      frames.saveEdge('last', on.source());
    },
    saveFrameAs: () => {
      frames.saveShown(on.source(), true);
    },
    copyFrame: () => {
      frames.copyShown(on.source());
    },
    copyTimeCode: () => {
      on.copy(timeCode(player.frame, player.rate));
    },
    details: () => {
      settings.change({ showsDetails: !settings.value.showsDetails });
    },
    copyDetails: () => {
      on.copy(on.detailsText());
    },
    keyboardHelp: () => {
      on.help.showModal();
    },
    ...takeVerbs(on.can, verb => {
      host.postMessage({ type: 'take', verb });
    }),
  };
}

/** The decisions about a take with these capabilities. `send` has them made. */
export function takeVerbs(can: () => string, send: (verb: TakeVerb) => void): Pick<Verbs, DecisionVerb> {
  const toggle = (verb: 'pick' | 'reject') => (): void => {
    const made = toggled(verb, [decisionIn(can())]);
    if (made !== undefined) {
      send(made);
    }
  };
  return {
    pick: toggle('pick'),
    reject: toggle('reject'),
    note: () => {
      if (can() !== '') {
        send('note');
      }
    },
  };
}

/** Enters or leaves full screen. If the page may not go full screen, the extension does it for the window. */
export async function toggleFullScreen(main: HTMLElement): Promise<void> {
  if (!document.fullscreenEnabled) {
    host.postMessage({ type: 'fullScreen' });
  } else if (document.fullscreenElement) {
    await document.exitFullscreen();
  } else {
    await main.requestFullscreen();
  }
}

async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  if (document.pictureInPictureElement) {
    await document.exitPictureInPicture();
  } else if (document.pictureInPictureEnabled && video.readyState > 0) {
    await video.requestPictureInPicture();
  }
}
