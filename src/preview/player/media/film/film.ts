import {
  AudioSampleSource,
  BlobSource,
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  getFirstEncodableVideoCodec,
  Input,
  Mp4OutputFormat,
  Output,
  Quality,
  StreamTarget,
  type StreamTargetChunk,
} from 'mediabunny';
import { blobFile } from '../clipFile.ts';
import { audioTrackOf } from '../facts.ts';
import { FORMATS } from '../formats.ts';
import { movieIndex } from '../movieIndex.ts';
import { commonForm, copyAudio, decodable, encodeAudio, sharedAac, type FilmAudio } from './audio.ts';
import { even, copyVideo, encodeVideo, videoEncoder, type FilmVideo } from './video.ts';
import {
  FILM_CODECS,
  withClip,
  type FilmClip,
  type FilmCodec,
  type FilmForm,
  type FilmResult,
} from './form.ts';

/** Where a film goes, and how far it is. */
export interface FilmSink {
  /** Writes bytes at a place in the file; resolves when more can be taken. */
  readonly write: (position: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** How many frames are done. */
  readonly report: (frames: number) => void;
}

/** More than an index takes, bytes. */
const READ_BUDGET = 64 * 1024 * 1024;

/** How much is written at once, bytes. */
const CHUNK = 4 * 1024 * 1024;

/** The first codec that the browser encodes video of this size in; `null` where there is none. */
export async function encodableCodec({ width, height }: FilmForm): Promise<FilmCodec | null> {
  const found = await getFirstEncodableVideoCodec([...FILM_CODECS], {
    width: even(width),
    height: even(height),
    quality: new Quality('very-high'),
  });
  return FILM_CODECS.find(codec => codec === found) ?? null;
}

/** Makes one MP4 of clips, in their order. */
export async function makeFilm(
  clips: readonly FilmClip[],
  form: FilmForm,
  sink: FilmSink,
): Promise<FilmResult> {
  const inputs: Input[] = [];
  try {
    const videos: FilmVideo[] = [];
    const audios: FilmAudio[] = [];
    for (const { file, place } of clips) {
      await withClip(place, async () => {
        await movieIndex(blobFile(file, READ_BUDGET));
        const input = new Input({ source: new BlobSource(file), formats: FORMATS });
        inputs.push(input);
        const track = await input.getPrimaryVideoTrack();
        if (!track) {
          throw new Error('It has no video.');
        }
        videos.push({ track, place });
        audios.push({ track: await audioTrackOf(input), place });
      });
    }
    return await write(videos, audios, form, sink);
  } finally {
    inputs.forEach(input => {
      input.dispose();
    });
  }
}

async function write(
  videos: readonly FilmVideo[],
  audios: readonly FilmAudio[],
  form: FilmForm,
  sink: FilmSink,
): Promise<FilmResult> {
  const stream = new WritableStream<StreamTargetChunk>({
    write: async ({ position, data }) => sink.write(position, data),
  });
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: false }),
    target: new StreamTarget(stream, { chunked: true, chunkSize: CHUNK }),
  });
  const addVideo = await videoTrack(output, videos, form, sink.report);
  const { audio, silent, add: addAudio } = await audioTrack(output, audios, form);
  try {
    await output.start();
    // Both at once: packets of one wait for those of the other.
    await Promise.all([addVideo(), addAudio()]);
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => undefined);
    throw error;
  }
  const frames = videos.reduce((sum, { place }) => sum + place.duration, 0);
  return { frames, video: form.codec ?? 'copied', audio, silent };
}

type AddTrack = () => Promise<void>;

async function videoTrack(
  output: Output,
  videos: readonly FilmVideo[],
  form: FilmForm,
  report: FilmSink['report'],
): Promise<AddTrack> {
  const { numerator, denominator } = form.rate;
  const frameRate = numerator / denominator;
  const [first] = videos;
  const codec = await first?.track.getCodec();
  if (form.codec === null && first && codec) {
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source, { rotation: await first.track.getRotation() });
    return async () => {
      await copyVideo(source, videos, form, report);
      source.close();
    };
  }
  const source = videoEncoder(form.codec ?? 'avc');
  output.addVideoTrack(source, { frameRate });
  return async () => {
    await encodeVideo(source, videos, form, report);
    source.close();
  };
}

/** The track, what it is, and which clips are silent in it though they have audio. */
interface AudioPlan extends Pick<FilmResult, 'audio' | 'silent'> {
  readonly add: AddTrack;
}

async function audioTrack(output: Output, audios: readonly FilmAudio[], form: FilmForm): Promise<AudioPlan> {
  const shared = await sharedAac(audios);
  if (shared) {
    const source = new EncodedAudioPacketSource('aac');
    output.addAudioTrack(source);
    const add = async (): Promise<void> => {
      await copyAudio(source, audios, shared, form);
      source.close();
    };
    return { audio: 'copied', silent: [], add };
  }
  const { audible, silent } = await decodable(audios);
  if (audible.every(({ track }) => track === null)) {
    return { audio: 'none', silent, add: () => Promise.resolve() };
  }
  const common = await commonForm(audible);
  const source = new AudioSampleSource({ codec: 'flac' });
  output.addAudioTrack(source);
  const add = async (): Promise<void> => {
    await encodeAudio(source, audible, common, form);
    source.close();
  };
  return { audio: 'flac', silent, add };
}
