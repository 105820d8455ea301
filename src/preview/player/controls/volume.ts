import { create } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';
import { enable } from '../pressable.ts';
import { iconButton, relabel } from './iconButton.ts';

/** The mute button and the volume slider, both disabled for a clip without audio. */
export function volume(context: ControlContext<'muteOrNot'>): HTMLElement {
  const { player, settings, words } = context;
  const button = iconButton(context, 'muteOrNot', 'unmute');
  const slider = create('input', { type: 'range', min: '0', max: '1', step: '0.05' });
  slider.ariaLabel = words.volume;
  slider.addEventListener('input', () => {
    settings.setVolume(slider.valueAsNumber);
  });
  slider.addEventListener('pointerup', () => {
    slider.blur();
  });
  const draw = (): void => {
    const { isMuted, volume: loudness } = settings.value;
    const isSilent = player.playback.audio === 'none';
    const isOff = isMuted || loudness === 0 || isSilent;
    const text = isSilent ? words.noAudio : isMuted ? words.unmute : words.mute;
    relabel(context, button, 'muteOrNot', isOff ? 'mute' : 'unmute', text);
    enable(button, !isSilent);
    slider.disabled = isSilent;
    slider.valueAsNumber = isMuted ? 0 : loudness;
    slider.style.setProperty('--part', slider.value);
  };
  draw();
  settings.addEventListener('change', draw);
  player.playback.addEventListener('audio', draw);
  return create('span', { className: 'volume' }, button, slider);
}
