import { l10n } from 'vscode';
import { codecOf, hasBars, mismatchIn, type Mismatch } from '../cut/assemble.ts';
import type { Cut } from '../cut/cut.ts';
import type { ReadClip } from './cutClips.ts';

/** Why the video has to be encoded, in words; `undefined` where it is copied as it is. */
export function encodingReason(cut: Cut, clips: readonly ReadClip[]): string | undefined {
  const mismatch = mismatchIn(
    cut,
    clips.map(({ facts }) => facts),
  );
  return mismatch && reasonText(mismatch);
}

/** What becomes of the clips in an MP4, for the list of formats. */
export function filmText(cut: Cut, clips: readonly ReadClip[]): string {
  const reason = encodingReason(cut, clips);
  if (reason === undefined) {
    const codec = copiedCodec(clips);
    return codec === undefined
      ? l10n.t('One video, copied without loss')
      : l10n.t("One video, copied without loss in {0}, which some editing programs don't read", codec);
  }
  return cut.clips.some(clip => hasBars(clip, cut))
    ? l10n.t('One video, re-encoded because {0}; other shapes get black bars', reason)
    : l10n.t('One video, re-encoded because {0}', reason);
}

/** The same while it is made. */
export function filmProgressText(cut: Cut, clips: readonly ReadClip[]): string {
  const reason = encodingReason(cut, clips);
  if (reason === undefined) {
    return l10n.t('The video is copied without loss.');
  }
  const encoded = l10n.t('The video is re-encoded, because {0}.', reason);
  return cut.clips.some(clip => hasBars(clip, cut))
    ? `${encoded} ${l10n.t('Clips of another shape get black bars.')}`
    : encoded;
}

/** The codec of video that is copied, where not every editing program reads it. */
export function copiedCodec(clips: readonly ReadClip[]): string | undefined {
  return codecOf(clips[0]?.facts.setup ?? '');
}

function reasonText({ clip: { name, width, height, rate }, what }: Mismatch): string {
  switch (what) {
    case 'size':
      return l10n.t('"{0}" is {1} × {2}', name, width, height);
    case 'rate':
      return l10n.t('"{0}" has {1} fps', name, Number((rate.numerator / rate.denominator).toFixed(3)));
    case 'codec':
      return l10n.t('"{0}" is encoded differently', name);
    case 'times':
      return l10n.t('"{0}" has a variable frame rate', name);
    case 'vp8':
      return l10n.t('"{0}" is VP8, which hardly any program reads in an MP4', name);
  }
}
