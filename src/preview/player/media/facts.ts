import {
  MP4,
  QTFF,
  type Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  type PacketStats,
} from 'mediabunny';

/** What a clip is, as its file tells: read once, for the sound and for whoever shows it. */
export interface MediaFacts {
  /** s: until the end of the longest track. */
  readonly duration: number;
  /** The whole file, in bytes. */
  readonly size: number;
  readonly video: VideoFacts | null;
  /** `null` where the clip has no sound at all. */
  readonly audio: AudioFacts | null;
}

/** The first picture track. */
export interface VideoFacts {
  /** As RFC 6381 writes it, such as `avc1.64001f`; `null` for one that is not known. */
  readonly codec: string | null;
  /** Pixels, as they are shown: turned where the file says so. */
  readonly width: number;
  readonly height: number;
  /** Frames a second; the average where the rate varies. */
  readonly frameRate: number;
  /** bit/s, on average. */
  readonly bitRate: number;
}

/** The first sound track that holds anything. */
export interface AudioFacts {
  /** As RFC 6381 writes it, such as `mp4a.40.2`; `null` for one that is not known. */
  readonly codec: string | null;
  /** Hz */
  readonly sampleRate: number;
  readonly channels: number;
  /** bit/s, on average. */
  readonly bitRate: number;
}

/** Reads a clip's facts from its index; throws for what is no clip. */
export async function readFacts(input: Input, size: number): Promise<MediaFacts> {
  const video = await input.getPrimaryVideoTrack();
  const audio = await audioTrackOf(input);
  if (!video && !audio) {
    throw new Error('The file has neither picture nor sound.');
  }
  return {
    duration: await input.computeDuration(),
    size,
    video: video && (await videoFacts(video)),
    audio: audio && (await audioFacts(audio)),
  };
}

/** The track that is heard. One without a single packet is not. */
export async function audioTrackOf(input: Input): Promise<InputAudioTrack | null> {
  return input.getPrimaryAudioTrack({
    filter: async track => (await track.computePacketStats(1)).packetCount > 0,
  });
}

/** Of a file without an index as many packets are looked at: ten seconds. */
const PACKETS = 240;

async function statsOf(track: InputTrack): Promise<PacketStats> {
  const format = await track.input.getFormat();
  return track.computePacketStats(format === MP4 || format === QTFF ? Infinity : PACKETS);
}

async function videoFacts(track: InputVideoTrack): Promise<VideoFacts> {
  const { averagePacketRate, averageBitrate } = await statsOf(track);
  return {
    codec: await track.getCodecParameterString(),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    frameRate: averagePacketRate,
    bitRate: averageBitrate,
  };
}

async function audioFacts(track: InputAudioTrack): Promise<AudioFacts> {
  return {
    codec: await track.getCodecParameterString(),
    sampleRate: await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    bitRate: (await statsOf(track)).averageBitrate,
  };
}
