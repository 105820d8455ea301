// The script of the worker (dist/pages/sound.js) that reads clips and makes their sound playable, away from the page's thread.

import { BlobSource, Input, MP4, QTFF, WEBM } from 'mediabunny';
import type { SoundProblem } from '../../protocol.ts';
import { registerAacDecoder } from './aacDecoder.ts';
import { convert } from './convert.ts';
import { readFacts } from './facts.ts';
import { registerFlacEncoder } from './flacEncoder.ts';
import type { Answers, Request, RequestName } from './messages.ts';
import { asSoundError } from './soundError.ts';
import { tryDecoding } from './trial.ts';

registerAacDecoder();
registerFlacEncoder();

async function answer(request: Request): Promise<Answers[RequestName]> {
  const input = new Input({ source: new BlobSource(request.file), formats: [MP4, QTFF, WEBM] });
  try {
    switch (request.name) {
      case 'read':
        return await readFacts(input, request.file.size);
      case 'tryDecoding':
        return await tryDecoding(input);
      case 'convert':
        return await convert(input, request.codecs);
    }
  } finally {
    input.dispose();
  }
}

/** What it means when a request fails in a way that nothing else has a name for. */
const problems: Record<RequestName, SoundProblem> = {
  read: 'unreadable',
  tryDecoding: 'undecodable',
  convert: 'broken',
};

async function reply({ data: request, ports: [port] }: MessageEvent<Request>): Promise<void> {
  try {
    port?.postMessage({ answer: await answer(request) });
  } catch (error) {
    const { problem, message } = asSoundError(error, problems[request.name]);
    port?.postMessage({ problem, detail: message });
  }
}

self.onmessage = (event: MessageEvent<Request>): void => {
  void reply(event);
};
