import {
  AudioSample,
  AudioSampleSink,
  BufferSource,
  BufferTarget,
  Conversion,
  type AudioSampleSource,
  type EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  Mp4OutputFormat,
  Output,
  type InputAudioTrack,
} from 'mediabunny';
import { FORMATS } from '../formats.ts';
import { timeOf, withClip, type FilmForm, type FilmPlace } from './form.ts';

/** A clip of a film: its audio, and where it stands. */
export interface FilmAudio {
  readonly track: InputAudioTrack | null;
  readonly place: FilmPlace;
}

/** How AAC frames of silence are written, for one channel and for two (ISO 14496-3, 4.4.2.1). */
const SILENCE: Readonly<Record<number, Uint8Array<ArrayBuffer>>> = {
  1: Uint8Array.of(0x00, 0xc8, 0x00, 0x80, 0x23, 0x80),
  2: Uint8Array.of(0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80),
};

/** How many samples an AAC-LC packet has. */
const PACKET = 1024;

/**
 * How far a clip's packets may come early, of the length of one; they come late by the rest. A decoder fades in what follows the packet of
 * another clip, over half a packet: what begins with a clip is faint for that long.
 */
const EARLY = 0.75;

/** At lower rates packets are so long that audio would be out of sync, Hz. */
const LOWEST_RATE = 44_100;

/** So long before its beginning the audio of a clip can have packets, s. */
const RUN_UP = 1;

/** The length of a sample of silence, s: a long one would take much memory. */
const SILENT_PIECE = 1;

/** The form of AAC that all clips with audio have, so that their packets can stand in one track. */
export interface SharedAac {
  readonly decoderConfig: AudioDecoderConfig;
  readonly silence: Uint8Array<ArrayBuffer>;
}

/** The AAC that all clips with audio share; `undefined` where they differ, or where silence cannot be written for those without. */
export async function sharedAac(clips: readonly FilmAudio[]): Promise<SharedAac | undefined> {
  let shared: AudioDecoderConfig | undefined;
  for (const { track } of clips) {
    const config = await track?.getDecoderConfig();
    const fits = config?.codec === 'mp4a.40.2' && config.sampleRate >= LOWEST_RATE;
    if (track && (!fits || (shared && !isSame(shared, config)))) {
      return undefined;
    }
    shared ??= config ?? undefined;
  }
  const silence = shared && SILENCE[shared.numberOfChannels];
  return shared && silence && { decoderConfig: shared, silence };
}

function isSame(one: AudioDecoderConfig, other: AudioDecoderConfig): boolean {
  return one.sampleRate === other.sampleRate && one.numberOfChannels === other.numberOfChannels;
}

/**
 * Joins the AAC of the clips without decoding it. Packets follow one another without gaps, as decoders count them: those of a clip
 * come where they are nearest to its video, at 48 kHz between 16 ms early and 5 ms late.
 */
export async function copyAudio(
  source: EncodedAudioPacketSource,
  clips: readonly FilmAudio[],
  { decoderConfig, silence }: SharedAac,
  { rate }: FilmForm,
): Promise<void> {
  const length = PACKET / decoderConfig.sampleRate;
  let slot = 0;
  const add = async (data: Uint8Array): Promise<void> => {
    await source.add(new EncodedPacket(data, 'key', slot++ * length, length), { decoderConfig });
  };
  for (const { track, place } of clips) {
    const start = timeOf(place.start, rate);
    const end = timeOf(place.start + place.duration, rate);
    const isBefore = (time: number): boolean => (slot + EARLY) * length < time;
    if (track) {
      const sink = new EncodedPacketSink(track);
      for await (const packet of sink.packets()) {
        if (!isBefore(end)) {
          break;
        }
        const wanted = start + packet.timestamp;
        while (isBefore(end) && slot * length < wanted - EARLY * length) {
          await add(silence);
        }
        // What comes before is the encoder's run-up, or belongs to the clip before.
        if (isBefore(end) && wanted > (slot - 1 + EARLY) * length) {
          await add(packet.data);
        }
      }
    }
    while (isBefore(end)) {
      await add(silence);
    }
  }
}

/** The clips with the audio that can be decoded here, and the names of those whose audio cannot: they are silent. */
export async function decodable(
  clips: readonly FilmAudio[],
): Promise<{ audible: readonly FilmAudio[]; silent: readonly string[] }> {
  const audible: FilmAudio[] = [];
  const silent = new Set<string>();
  for (const clip of clips) {
    const isDecoded = clip.track === null || (await clip.track.canDecode());
    audible.push(isDecoded ? clip : { ...clip, track: null });
    if (!isDecoded) {
      silent.add(clip.place.name);
    }
  }
  return { audible, silent: [...silent] };
}

/** What the audio of all clips is brought to, where it differs: the highest of each. */
export async function commonForm(
  clips: readonly FilmAudio[],
): Promise<{ sampleRate: number; numberOfChannels: number }> {
  const found = { sampleRate: 0, numberOfChannels: 1 };
  for (const { track } of clips) {
    if (track) {
      found.sampleRate = Math.max(found.sampleRate, await track.getSampleRate());
      found.numberOfChannels = Math.max(
        found.numberOfChannels,
        Math.min(2, await track.getNumberOfChannels()),
      );
    }
  }
  return found;
}

/** Encodes the audio of the clips: each fills exactly the time of its video, cut off or followed by silence. */
export async function encodeAudio(
  source: AudioSampleSource,
  clips: readonly FilmAudio[],
  form: { sampleRate: number; numberOfChannels: number },
  { rate }: FilmForm,
): Promise<void> {
  for (const { track, place } of clips) {
    const start = timeOf(place.start, rate);
    const end = timeOf(place.start + place.duration, rate);
    let at = start;
    const add = async (sample: AudioSample): Promise<void> => {
      const piece = within(sample, end - start);
      if (piece) {
        at = await fillWithSilence(source, at, start + piece.timestamp, form);
        piece.setTimestamp(start + piece.timestamp);
        at = piece.timestamp + piece.duration;
        await source.add(piece);
        piece.close();
      }
    };
    if (track) {
      await withClip(place, async () => {
        // A decoder gives nothing for the first packet: it begins with those before the clip.
        const { audio, begins } = await inForm(track, form);
        for await (const sample of new AudioSampleSink(audio).samples(-RUN_UP)) {
          sample.setTimestamp(sample.timestamp + begins);
          await add(sample);
          sample.close();
        }
      });
    }
    await fillWithSilence(source, at, end, form);
  }
}

/** The same audio in another form, in memory. `begins`: the time of the clip that is its 0, s. */
async function inForm(
  track: InputAudioTrack,
  form: { sampleRate: number; numberOfChannels: number },
): Promise<{ audio: InputAudioTrack; begins: number }> {
  if (
    (await track.getSampleRate()) === form.sampleRate &&
    (await track.getNumberOfChannels()) === form.numberOfChannels
  ) {
    return { audio: track, begins: 0 };
  }
  const begins = Math.min(0, await track.getFirstTimestamp());
  const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
  const conversion = await Conversion.init({
    input: track.input,
    output,
    tracks: 'primary',
    video: { discard: true },
    audio: { codec: 'pcm-s16', forceTranscode: true, ...form },
    trim: { start: begins, end: await track.input.computeDuration() },
    showWarnings: false,
  });
  await conversion.execute();
  const made = new Input({
    source: new BufferSource(output.target.buffer ?? new ArrayBuffer()),
    formats: FORMATS,
  });
  const audio = await made.getPrimaryAudioTrack();
  if (!audio) {
    throw new Error("The audio of a clip can't be decoded.");
  }
  return { audio, begins };
}

/** The part of a sample between 0 and a time; `undefined` where there is none. */
function within(sample: AudioSample, end: number): AudioSample | undefined {
  const first = Math.max(0, Math.round(-sample.timestamp * sample.sampleRate));
  const last = Math.min(sample.numberOfFrames, Math.round((end - sample.timestamp) * sample.sampleRate));
  return first < last ? sample.trim(first, last) : undefined;
}

/** Adds silence up to a time; gives where it ends. Less than a sample is nothing. */
async function fillWithSilence(
  source: AudioSampleSource,
  from: number,
  to: number,
  { sampleRate, numberOfChannels }: { sampleRate: number; numberOfChannels: number },
): Promise<number> {
  let at = from;
  for (;;) {
    const count = Math.round(Math.min(SILENT_PIECE, to - at) * sampleRate);
    if (count < 1) {
      return at;
    }
    const silence = new AudioSample({
      data: new Float32Array(count * numberOfChannels),
      format: 'f32',
      numberOfChannels,
      sampleRate,
      timestamp: at,
    });
    at += silence.duration;
    await source.add(silence);
    silence.close();
  }
}
