import {
  EncodedPacketSink,
  type EncodedVideoPacketSource,
  Quality,
  VideoSample,
  VideoSampleSink,
  VideoSampleSource,
  type InputVideoTrack,
} from 'mediabunny';
import { sourceFrame, timeOf, type FilmCodec, type FilmForm, type FilmPlace } from './form.ts';

/** A clip of a film: its video, and where it stands. */
export interface FilmVideo {
  readonly track: InputVideoTrack;
  readonly place: FilmPlace;
}

/** Is called with the number of each frame that is done. */
type OnFrame = (frame: number) => void;

/** Copies the packets of the clips one after the other. Times come from the number of each frame, so that they are exact. */
export async function copyVideo(
  source: EncodedVideoPacketSource,
  clips: readonly FilmVideo[],
  { rate }: FilmForm,
  onFrame: OnFrame,
): Promise<void> {
  for (const { track, place } of clips) {
    const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
    const sink = new EncodedPacketSink(track);
    const times: number[] = [];
    for await (const { timestamp } of sink.packets(undefined, undefined, { metadataOnly: true })) {
      times.push(timestamp);
    }
    if (times.length !== place.duration) {
      throw new Error(`A clip has ${times.length} frames, not ${place.duration}.`);
    }
    const numbers = new Map(times.toSorted((a, b) => a - b).map((time, index) => [time, index]));
    let count = 0;
    for await (const packet of sink.packets()) {
      const frame = place.start + (numbers.get(packet.timestamp) ?? 0);
      const copy = packet.clone({ timestamp: timeOf(frame, rate), duration: timeOf(1, rate) });
      await source.add(copy, decoderConfig && { decoderConfig });
      onFrame(place.start + ++count);
    }
  }
}

/** What frames are encoded with. */
export function videoEncoder(codec: FilmCodec): VideoSampleSource {
  return new VideoSampleSource({ codec, quality: new Quality('very-high'), keyFrameInterval: 1 });
}

/** Encodes the frames of the clips, each at its rate, in its proportions on black. */
export async function encodeVideo(
  source: VideoSampleSource,
  clips: readonly FilmVideo[],
  { rate, width, height }: FilmForm,
  onFrame: OnFrame,
): Promise<void> {
  const canvas = new OffscreenCanvas(even(width), even(height));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) {
    throw new Error('There is no canvas to draw on.');
  }
  for (const { track, place } of clips) {
    const first = Math.max(0, await track.getFirstTimestamp());
    // The middle of each frame, whatever its time was rounded to.
    const times = Array.from({ length: place.duration }, (_, frame) => {
      const number = sourceFrame(frame, place.rate, rate);
      return first + timeOf(number + 0.5, place.rate);
    });
    let frame = place.start;
    for await (const sample of new VideoSampleSink(track).samplesAtTimestamps(times)) {
      if (sample) {
        drawOn(canvas, context, sample);
        sample.close();
      }
      // Without one, the frame before stays.
      const made = new VideoSample(canvas, { timestamp: timeOf(frame, rate), duration: timeOf(1, rate) });
      try {
        await source.add(made);
      } finally {
        made.close();
      }
      onFrame(++frame);
    }
  }
}

/** Codecs take even numbers only. */
export function even(pixels: number): number {
  return Math.max(2, pixels - (pixels % 2));
}

function drawOn(
  canvas: OffscreenCanvas,
  context: OffscreenCanvasRenderingContext2D,
  sample: VideoSample,
): void {
  const scale = Math.min(canvas.width / sample.displayWidth, canvas.height / sample.displayHeight);
  const [width, height] = [sample.displayWidth * scale, sample.displayHeight * scale];
  context.fillRect(0, 0, canvas.width, canvas.height);
  sample.draw(context, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}
