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
 * Converts a clip to an MP4 in memory: video packets are copied, audio is encoded in the first of the codecs that can be encoded.
 * Timestamps are preserved. Rejects with an `AudioError`.
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
      `Video in ${videoCodec} is copied as it is, and MP4 does not support it.`,
    );
  }
  const codec = await getFirstEncodableAudioCodec([...codecs], {
    numberOfChannels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
  });
  if (!codec) {
    throw new AudioError('unplayable');
  }
  // With the index at the end no packet has to be buffered, and seeking in memory is just as fast.
  const output = new Output({ format, target: new BufferTarget() });
  const conversion = await Conversion.init({
    input,
    output,
    tracks: 'primary',
    audio: { codec, forceTranscode: true },
    // Decoded audio consists of whole packets, which would make the clip slightly longer.
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
