import {
  BufferTarget,
  Conversion,
  getFirstEncodableAudioCodec,
  Mp4OutputFormat,
  Output,
  type Input,
} from 'mediabunny';
import { audioTrackOf } from './facts.ts';
import type { TargetCodec } from './messages.ts';
import { AudioError } from './audioError.ts';

/**
 * Makes a new MP4 of a clip in memory: its picture packet by packet as it is, its sound in the first of the codecs that can be
 * made. Both keep their times. Throws a `SoundError`.
 */
export async function convert(input: Input, codecs: readonly TargetCodec[]): Promise<Blob> {
  const track = await audioTrackOf(input);
  if (!track || !(await track.canDecode())) {
    throw new AudioError('undecodable');
  }
  const video = await input.getPrimaryVideoTrack();
  const videoCodec = await video?.getCodec();
  const format = new Mp4OutputFormat({ fastStart: false });
  if (videoCodec && !format.getSupportedVideoCodecs().includes(videoCodec)) {
    throw new AudioError(
      'unplayable',
      `A picture in ${videoCodec} stays as it is, and has no place in an MP4.`,
    );
  }
  const codec = await getFirstEncodableAudioCodec([...codecs], {
    numberOfChannels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
  });
  if (!codec) {
    throw new AudioError('unplayable');
  }
  // The index comes last: a file in memory is sought in as fast, and no packet is held back until the end.
  const output = new Output({ format, target: new BufferTarget() });
  const conversion = await Conversion.init({
    input,
    output,
    tracks: 'primary',
    audio: { codec, forceTranscode: true },
    // Decoded sound comes in whole packets, and would go on a little longer than the clip.
    trim: { end: await input.computeDuration() },
    showWarnings: false,
  });
  await conversion.execute();
  const { buffer } = output.target;
  if (!buffer) {
    throw new AudioError('broken');
  }
  return new Blob([buffer], { type: 'video/mp4' });
}
