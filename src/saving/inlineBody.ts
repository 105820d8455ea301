import { Readable } from 'node:stream';
import { Base64Stream } from '../gateway/base64Stream.ts';
import { RunCutter } from '../gateway/cutRuns.ts';
import { inlineLink, type InlineClip } from '../gateway/inlineClip.ts';
import { resultAddress } from '../gateway/resultAddress.ts';
import { readResult } from '../gateway/wire.ts';
import { openBody } from './body.ts';
import { SaveError } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { requestMedia, type MediaResponse } from './request.ts';

/**
 * Requests the clip that a response of the gateway contains, as `requestMedia` requests others from a media host. It is decoded as it comes,
 * and never in memory as a whole. The body fails as incomplete where the response ends early, and as
 * not found where it turns out to have the clip elsewhere.
 */
export async function requestInline(
  clip: InlineClip,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  const base = rules.gateway?.base ?? '';
  const endpoint = rules.gateway?.endpoint ?? null;
  const address = resultAddress({ gateway: base, id: clip.id, endpoint });
  const response = await requestMedia(address, {}, rules, signal);
  return response.status !== 200
    ? response
    : {
        status: 200,
        header: name => (name === 'content-type' ? 'video/mp4' : undefined),
        body: Readable.from(clipIn(response, clip, base), { objectMode: false }),
      };
}

async function* clipIn(
  response: MediaResponse,
  { id, number }: InlineClip,
  base: string,
): AsyncGenerator<Buffer, void, undefined> {
  const decoded: Buffer[] = [];
  const decoder = new Base64Stream();
  const cutter = new RunCutter({ number, take: bytes => decoded.push(decoder.push(bytes)) });
  const text: Buffer[] = [];
  const { stream } = await openBody(response);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    text.push(cutter.push(chunk));
    for (const part of decoded.splice(0)) {
      if (part.length > 0) {
        yield part;
      }
    }
  }
  text.push(cutter.end());
  const body = Buffer.concat(text).toString('utf8');
  const reply = readResult({ status: 200, body }, base, id);
  if (!('response' in reply)) {
    throw new SaveError('incomplete', String(body.length));
  }
  if (reply.response.videoUrl !== linkOf({ id, number })) {
    // It is no longer there: the gateway has to be polled again.
    throw new SaveError('status', '404');
  }
  const last = Buffer.concat([...decoded, decoder.end()]);
  if (last.length > 0) {
    yield last;
  }
}

function linkOf({ id, number }: InlineClip): string | undefined {
  return inlineLink(`data:video/mp4;base64,…[${number}: 0]`, id);
}
