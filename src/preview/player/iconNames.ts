/** The icons that the pages use: codicons, or drawings of icons/. The build includes only these. */
export const ICON_NAMES = [
  'arrow-left',
  'arrow-right',
  'blank',
  'circle-slash',
  'clip-next',
  'clip-previous',
  'close',
  'cloud-download',
  'copy',
  'debug-disconnect',
  'debug-pause',
  'device-camera',
  'device-camera-video',
  'ellipsis',
  'error',
  'frame-next',
  'frame-previous',
  'info',
  'list-flat',
  'loading',
  'loop',
  'multiple-windows',
  'mute',
  'pass',
  'play',
  'question',
  'screen-full',
  'search-stop',
  'solo',
  'star-empty',
  'star-full',
  'unmute',
  'warning',
  'watch',
  'zoom-in',
  'zoom-out',
] as const;

export type IconName = (typeof ICON_NAMES)[number];

/** Whether the pages have this icon. */
export function isIconName(name: string): name is IconName {
  return ICON_NAMES.some(one => one === name);
}
