import { layOut, type Cut, type PlacedClip } from './cut.ts';
import { clipName, lineOf, noteOf } from './cutText.ts';
import { timecode, wholeFrames } from './frameRate.ts';
import { fileNameOf } from './mediaUrl.ts';
import { REEL_LENGTH } from './reels.ts';

/** How many events CMX 3600 numbers: programs that keep to it read no more. */
export const MOST_EVENTS = 999;

/** How long a line of words may be, characters: more than any program shows, and no more than it reads. */
const LINE_LENGTH = 240;

/** The column of a locator's colour, characters, as Avid writes it. */
const COLOR_LENGTH = 7;

/**
 * A cut as an edit decision list in the manner of CMX 3600: an event for each clip, at time codes that drop no frames, from
 * 00:00:00:00. All times count at the cut's rate, which is the only one there is in such a list. A note is a locator, the list's markers,
 * at the time code of the clip's first frame in the cut.
 */
export function edlOf(cut: Cut): string {
  const events = layOut(cut).flatMap((placed, index) => eventOf(placed, index, cut));
  return [`TITLE: ${words(cut.name)}`, 'FCM: NON-DROP FRAME', '', ...events].join('\n').trimEnd() + '\n';
}

function eventOf({ clip, start, duration, reel }: PlacedClip, index: number, { rate }: Cut): string[] {
  const from = wholeFrames(clip.sourceStart, clip.rate, rate);
  const times = [from, from + duration, start, start + duration].map(frames => timecode(frames, rate));
  const number = String(index + 1).padStart(3, '0');
  const tracks = (clip.hasAudio ? 'AA/V' : 'V').padEnd(5);
  const note = noteOf(clip);
  const file = words(fileNameOf(clip.path));
  return [
    `${number}  ${reel.padEnd(REEL_LENGTH)} ${tracks} C        ${times.join(' ')}`,
    `* FROM CLIP NAME: ${words(clipName(clip))}`,
    `* SOURCE FILE: ${file}`,
    ...(clip.isMissing ? [`* MISSING FILE: ${file}`] : []),
    ...(note === null
      ? []
      : [`* LOC: ${timecode(start, rate)} ${'YELLOW'.padEnd(COLOR_LENGTH)} ${words(note)}`]),
    '',
  ];
}

function words(text: string): string {
  return lineOf(text).slice(0, LINE_LENGTH).toWellFormed();
}
