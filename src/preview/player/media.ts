import { Input, MP4, QTFF, UrlSource, type InputTrack } from 'mediabunny';

/** What a file says of itself. */
export interface MediaFacts {
  /** s */
  readonly duration: number;
  /** Of file and time, bits per second. */
  readonly bitRate: number | null;
  readonly video: {
    /** As it is shown, pixels. */
    readonly width: number;
    readonly height: number;
    /** Frames per second, on average. */
    readonly frameRate: number;
    readonly codec: string | null;
  } | null;
  readonly audio: { readonly codec: string | null } | null;
}

/** Reads a file's own account of itself, not its media. Rejects where it is not a media file. */
export async function readMedia(source: string): Promise<MediaFacts> {
  const input = new Input({ source: new UrlSource(source), formats: [MP4, QTFF] });
  try {
    const [video, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
    const tracks = [video, audio].filter(track => track !== null);
    const [duration, ...rates] = await Promise.all([input.computeDuration(), ...tracks.map(ratesOf)]);
    return {
      duration,
      bitRate: rates.reduce((sum, rate) => sum + rate.bits, 0) || null,
      video: video && {
        width: await video.getDisplayWidth(),
        height: await video.getDisplayHeight(),
        frameRate: rates[0]?.packets ?? 0,
        codec: await video.getCodec(),
      },
      audio: audio && { codec: await audio.getCodec() },
    };
  } finally {
    input.dispose();
  }
}

async function ratesOf(track: InputTrack): Promise<{ packets: number; bits: number }> {
  const { averagePacketRate, averageBitrate } = await track.computePacketStats();
  return { packets: averagePacketRate, bits: averageBitrate };
}
