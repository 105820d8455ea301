import { EncodedPacketSink, type Input } from 'mediabunny';
import { audioTrackOf } from './facts.ts';

/**
 * Whether the browser decodes the clip's audio, found out by decoding its first packet. `canPlayType` is not enough: it reports
 * what Chromium was compiled with, but VS Code replaces the codec library (microsoft/vscode#329811). `true` if there is no
 * `AudioDecoder` to try with.
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
