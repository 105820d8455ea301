import {
  CustomAudioEncoder,
  EncodedPacket,
  registerEncoder,
  type AudioCodec,
  type AudioSample,
} from 'mediabunny';

/** Registers a FLAC encoder, because browsers have none. */
export function registerFlacEncoder(): void {
  registerEncoder(FlacEncoder);
}

/** Samples per channel in a frame. */
const BLOCK = 4096;

/**
 * Writes FLAC (RFC 9639) with verbatim subframes of 16 bits. The result is played from memory and discarded, so compressing it
 * would only cost time and need a library.
 */
class FlacEncoder extends CustomAudioEncoder {
  /** The samples of the unfinished frame, per channel. */
  private block: readonly Int16Array[] = [];
  private filled = 0;
  private frames = 0;
  /** Timestamp of the first sample, s. */
  private begin: number | undefined;

  static override supports(codec: AudioCodec): boolean {
    return codec === 'flac';
  }

  init(): void {
    this.block = Array.from({ length: this.config.numberOfChannels }, () => new Int16Array(BLOCK));
  }

  encode(sample: AudioSample): void {
    this.begin ??= sample.timestamp;
    const waves = this.block.map((_channel, planeIndex) => {
      const wave = new Int16Array(sample.numberOfFrames);
      sample.copyTo(wave, { format: 's16-planar', planeIndex });
      return wave;
    });
    for (let read = 0; read < sample.numberOfFrames;) {
      const count = Math.min(BLOCK - this.filled, sample.numberOfFrames - read);
      for (const [channel, wave] of waves.entries()) {
        this.block[channel]?.set(wave.subarray(read, read + count), this.filled);
      }
      this.filled += count;
      read += count;
      if (this.filled === BLOCK) {
        this.flush();
      }
    }
  }

  flush(): void {
    if (this.filled === 0) {
      return;
    }
    const { sampleRate, numberOfChannels } = this.config;
    const samples = this.block.map(channel => channel.subarray(0, this.filled));
    const time = (this.begin ?? 0) + (this.frames * BLOCK) / sampleRate;
    const packet = new EncodedPacket(frameOf(samples, this.frames), 'key', time, this.filled / sampleRate);
    const description = streamInfo(sampleRate, numberOfChannels);
    this.onPacket(packet, { decoderConfig: { codec: 'flac', sampleRate, numberOfChannels, description } });
    this.frames++;
    this.filled = 0;
  }

  close(): void {
    // Holds no resources.
  }
}

/** The header of a FLAC stream with its only required block (RFC 9639, 8.2). Lengths and checksum are left unknown. */
function streamInfo(sampleRate: number, channels: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(42));
  head.setUint32(0, 0x664c6143); // fLaC
  head.setUint32(4, 0x80000022); // The last block, of type 0 and 34 bytes.
  head.setUint16(8, BLOCK);
  head.setUint16(10, BLOCK);
  head.setUint32(18, (sampleRate << 12) | ((channels - 1) << 9) | ((16 - 1) << 4));
  return new Uint8Array(head.buffer);
}

/** A frame (RFC 9639, 9) with a verbatim subframe per channel. */
function frameOf(channels: readonly Int16Array[], number: number): Uint8Array {
  const length = channels[0]?.length ?? 0;
  // Sync code; block size at the end of the header; sample rate of the stream; independent channels; 16 bits.
  const head = [0xff, 0xf8, 0x70, ((channels.length - 1) << 4) | 0x08, ...utf8Number(number)];
  head.push((length - 1) >> 8, (length - 1) & 0xff);
  head.push(crc8(head));
  const frame = new Uint8Array(head.length + channels.length * (1 + 2 * length) + 2);
  frame.set(head);
  const view = new DataView(frame.buffer);
  let at = head.length;
  for (const channel of channels) {
    view.setUint8(at, 0x02); // Verbatim, and no bits wasted.
    at += 1;
    for (const sample of channel) {
      view.setInt16(at, sample);
      at += 2;
    }
  }
  view.setUint16(at, crc16(frame.subarray(0, at)));
  return frame;
}

/** A number in the encoding of UTF-8, as FLAC stores frame numbers. */
function utf8Number(number: number): number[] {
  const tail: number[] = [];
  let head = number;
  for (let room = 0x7f; head > room; room = 0x3f >> tail.length) {
    tail.unshift(0x80 | (head & 0x3f));
    head >>= 6;
  }
  return tail.length === 0 ? [head] : [((0xff80 >> tail.length) & 0xff) | head, ...tail];
}

function crc8(bytes: readonly number[]): number {
  return bytes.reduce((crc, byte) => CRC_8[crc ^ byte] ?? 0, 0);
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc = ((crc << 8) & 0xffff) ^ (CRC_16[(crc >> 8) ^ byte] ?? 0);
  }
  return crc;
}

const CRC_8 = crcTable(8, 0x07);
const CRC_16 = crcTable(16, 0x8005);

function crcTable(bits: number, polynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_entry, byte) => {
    let crc = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc << 1) ^ (crc >> (bits - 1) ? polynomial : 0);
      crc &= 2 ** bits - 1;
    }
    return crc;
  });
}
