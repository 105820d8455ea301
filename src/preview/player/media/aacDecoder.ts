import { decoder } from '@audio/decode-aac';
import {
  AudioSample,
  CustomAudioDecoder,
  registerDecoder,
  type AudioCodec,
  type EncodedPacket,
} from 'mediabunny';
import { asAudioError, AudioError } from './audioError.ts';

/** Registers an AAC decoder (FAAD2 in WebAssembly), because VS Code's Chromium has none. */
export function registerAacDecoder(): void {
  registerDecoder(AacDecoder);
}

type Faad = Awaited<ReturnType<typeof decoder>>;

/** How many packets are combined into one sample (0.7 s at 48 kHz): each sample costs a message to the encoder. */
const PACKETS_A_SAMPLE = 32;

class AacDecoder extends CustomAudioDecoder {
  private faad: Faad | undefined;
  private packets: EncodedPacket[] = [];

  static override supports(codec: AudioCodec): boolean {
    return codec === 'aac';
  }

  async init(): Promise<void> {
    const { description } = this.config;
    if (!description) {
      throw new AudioError('undecodable', 'The AAC track does not say how it is coded.');
    }
    try {
      this.faad = await decoder({ asc: bytesOf(description) });
    } catch (error) {
      throw asAudioError(error, 'undecodable');
    }
  }

  decode(packet: EncodedPacket): void {
    this.packets.push(packet);
    if (this.packets.length === PACKETS_A_SAMPLE) {
      this.flush();
    }
  }

  flush(): void {
    const [first] = this.packets;
    if (!first || !this.faad) {
      return;
    }
    const parts = decodeEach(this.faad, this.packets);
    this.packets = [];
    const [decodedPart] = parts.filter(part => typeof part !== 'number');
    const channels = decodedPart?.channelData.length ?? this.config.numberOfChannels;
    const sampleRate = decodedPart?.sampleRate ?? this.config.sampleRate;
    this.onSample(
      new AudioSample({
        data: interleaved(parts, channels, sampleRate),
        format: 's16',
        numberOfChannels: channels,
        sampleRate,
        timestamp: first.timestamp,
      }),
    );
  }

  close(): void {
    this.faad?.free();
  }
}

/** A decoded packet: its samples, or its duration (s) if it gave none. */
type Part = ReturnType<Faad['decode']> | number;

/** Decodes packet by packet, so that one without samples (always the first; a damaged one) becomes silence and shifts nothing. */
function decodeEach(faad: Faad, packets: readonly EncodedPacket[]): Part[] {
  return packets.map(packet => {
    const decoded = faad.decode(packet.data);
    return decoded.channelData.length > 0 ? decoded : packet.duration;
  });
}

function interleaved(parts: readonly Part[], channels: number, sampleRate: number): Int16Array<ArrayBuffer> {
  const lengths = parts.map(part =>
    typeof part === 'number' ? Math.round(part * sampleRate) : (part.channelData[0]?.length ?? 0),
  );
  const all = new Int16Array(lengths.reduce((sum, length) => sum + length, 0) * channels);
  let start = 0;
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'number') {
      for (let channel = 0; channel < channels; channel++) {
        place(part.channelData[channel] ?? new Float32Array(), all, start + channel, channels);
      }
    }
    start += (lengths[index] ?? 0) * channels;
  }
  return all;
}

function place(wave: Float32Array, into: Int16Array, start: number, step: number): void {
  for (let index = 0, at = start; index < wave.length; index++, at += step) {
    into[at] = Math.max(-0x8000, Math.min(0x7fff, Math.round((wave[index] ?? 0) * 0x7fff)));
  }
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
