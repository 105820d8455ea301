import type { ClipPlayback } from './playback.ts';

/**
 * What a player controls: a clip, or several that play in sync. Dispatches the events of a media element. `element` is the video
 * whose audio plays.
 */
export type Transport = EventTarget &
  Pick<
    ClipPlayback,
    | 'element'
    | 'play'
    | 'pause'
    | 'paused'
    | 'seeking'
    | 'duration'
    | 'currentTime'
    | 'volume'
    | 'muted'
    | 'loop'
    | 'playbackRate'
    | 'audio'
  >;
