import { create } from '../dom.ts';
import type { Desk } from '../desk.ts';
import { iconButton, relabel } from './iconButton.ts';

/** Mutes, and sets how loud. A clip without sound has nothing to set. */
export function volume(desk: Desk<'muteOrNot'>): HTMLElement {
  const { player, settings, words } = desk;
  const button = iconButton(desk, 'muteOrNot', 'unmute');
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
    relabel(desk, button, 'muteOrNot', isOff ? 'mute' : 'unmute', text);
    button.disabled = isSilent;
    slider.disabled = isSilent;
    slider.valueAsNumber = isMuted ? 0 : loudness;
    slider.style.setProperty('--part', slider.value);
  };
  draw();
  settings.addEventListener('change', draw);
  player.playback.addEventListener('audio', draw);
  return create('span', { className: 'volume' }, button, slider);
}
