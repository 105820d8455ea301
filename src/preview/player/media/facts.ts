import {
  MP4,
  QTFF,
  type Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  type PacketStats,
} from 'mediabunny';

/** The properties of a clip, read from its file. */
export interface MediaFacts {
  /** Of the longest track, s. */
  readonly duration: number;
  /** Size of the file, bytes. */
  readonly size: number;
  readonly video: VideoFacts | null;
  /** `null` if the clip has no audio track. */
  readonly audio: AudioFacts | null;
}

/** The primary video track. */
export interface VideoFacts {
  /** As RFC 6381 writes it, such as `avc1.64001f`; `null` for one that is not known. */
  readonly codec: string | null;
  /** Pixels, after applying the file's rotation. */
  readonly width: number;
  readonly height: number;
  /** Frames per second; the average if it varies. */
  readonly frameRate: number;
  /** bit/s, on average. */
  readonly bitRate: number;
}

/** The primary audio track that is not empty. */
export interface AudioFacts {
  /** As RFC 6381 writes it, such as `mp4a.40.2`; `null` for one that is not known. */
  readonly codec: string | null;
  /** Hz */
  readonly sampleRate: number;
  readonly channels: number;
  /** bit/s, on average. */
  readonly bitRate: number;
}

/** Reads the properties of a clip from its index. Rejects if the file is not a clip. */
export async function readFacts(input: Input, size: number): Promise<MediaFacts> {
  const video = await input.getPrimaryVideoTrack();
  const audio = await audioTrackOf(input);
  if (!video && !audio) {
    throw new Error('The file has neither video nor audio.');
  }
  return {
    duration: await input.computeDuration(),
    size,
    video: video && (await videoFacts(video)),
    audio: audio && (await audioFacts(audio)),
  };
}

/** The primary audio track; `null` if there is none with at least one packet. */
export async function audioTrackOf(input: Input): Promise<InputAudioTrack | null> {
  return input.getPrimaryAudioTrack({
    filter: async track => (await track.computePacketStats(1)).packetCount > 0,
  });
}

/** How many packets of a file without an index are read for the averages: ten seconds. */
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
