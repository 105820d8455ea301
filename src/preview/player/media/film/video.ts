import {
  EncodedPacketSink,
  type EncodedVideoPacketSource,
  Quality,
  VideoSample,
  VideoSampleSink,
  VideoSampleSource,
  type InputVideoTrack,
} from 'mediabunny';
import { sourceFrame, timeOf, withClip, type FilmCodec, type FilmForm, type FilmPlace } from './form.ts';

/** A clip of a film: its video, and where it stands. */
export interface FilmVideo {
  readonly track: InputVideoTrack;
  readonly place: FilmPlace;
}

/** A frame that ends so many frames before it is wanted stands for one that cannot be read: single times are rounded. */
const LATE = 3;

/** Is called with the number of each frame that is done. */
type OnFrame = (frame: number) => void;

/** Copies the packets of the clips one after the other. Times come from the number of each frame, so that they are exact. */
export async function copyVideo(
  source: EncodedVideoPacketSource,
  clips: readonly FilmVideo[],
  form: FilmForm,
  onFrame: OnFrame,
): Promise<void> {
  for (const clip of clips) {
    await withClip(clip.place, async () => copyClip(source, clip, form, onFrame));
  }
}

async function copyClip(
  source: EncodedVideoPacketSource,
  { track, place }: FilmVideo,
  { rate }: FilmForm,
  onFrame: OnFrame,
): Promise<void> {
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  const sink = new EncodedPacketSink(track);
  const times: number[] = [];
  for await (const { timestamp } of sink.packets(undefined, undefined, { metadataOnly: true })) {
    times.push(timestamp);
  }
  if (times.length !== place.duration) {
    throw new Error(`It has ${times.length} frames, not ${place.duration}.`);
  }
  const numbers = new Map(times.toSorted((a, b) => a - b).map((time, index) => [time, index]));
  let count = 0;
  for await (const packet of sink.packets()) {
    const frame = place.start + (numbers.get(packet.timestamp) ?? 0);
    const copy = packet.clone({ timestamp: timeOf(frame, rate), duration: timeOf(1, rate) });
    await source.add(copy, decoderConfig && { decoderConfig });
    onFrame(place.start + ++count);
  }
  assertWhole(place.duration - count, place);
}

/** A file that was cut off has fewer frames than its index says. */
function assertWhole(missing: number, { duration }: FilmPlace): void {
  if (missing > 0) {
    throw new Error(`${missing} of its ${duration} frames can't be read.`);
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
    await withClip(place, async () => {
      const first = Math.max(0, await track.getFirstTimestamp());
      // The middle of each frame, whatever its time was rounded to.
      const times = Array.from({ length: place.duration }, (_, frame) => {
        const number = sourceFrame(frame, place.rate, rate);
        return first + timeOf(number + 0.5, place.rate);
      });
      const late = timeOf(LATE, place.rate);
      let [frame, missing] = [place.start, 0];
      for await (const sample of new VideoSampleSink(track).samplesAtTimestamps(times)) {
        const wanted = times[frame - place.start] ?? 0;
        if (!sample || sample.timestamp + sample.duration + late < wanted) {
          missing++;
        }
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
      assertWhole(missing, place);
    });
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
