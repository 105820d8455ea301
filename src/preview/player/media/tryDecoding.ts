import { EncodedPacketSink, type Input } from 'mediabunny';
import { audioTrackOf } from './facts.ts';

/**
 * Whether the host decodes the clip's sound, found out by decoding its first packet. What a host says of itself is not enough:
 * Chromium answers by what it was compiled for, and VS Code exchanges the library that decodes (microsoft/vscode#329811).
 * Where there is no `AudioDecoder` to try with, its word is taken.
 */
export async function tryDecoding(input: Input): Promise<boolean> {
  if (typeof AudioDecoder === 'undefined') {
    return true;
  }
  const track = await audioTrackOf(input);
  const config = await track?.getDecoderConfig();
  const packet = track && (await new EncodedPacketSink(track).getFirstPacket());
  if (!config || !packet) {
    return false;
  }
  const decoder = new AudioDecoder({
    output: data => {
      data.close();
    },
    // The flush fails with the same error.
    error: () => undefined,
  });
  try {
    decoder.configure(config);
    decoder.decode(packet.toEncodedAudioChunk());
    await decoder.flush();
    decoder.close();
    return true;
  } catch {
    return false;
  }
}
