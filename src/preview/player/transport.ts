import type { ClipPlayback } from './playback.ts';

/**
 * What can be played and sought as one: a clip, or several that run together. Tells of the events of a media element; `element` is
 * the video that is heard.
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
