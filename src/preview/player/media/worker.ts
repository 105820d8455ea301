// The script of the worker (dist/pages/clipWorker.js) that reads clips and makes their sound playable, away from the page's thread.

import { BlobSource, Input } from 'mediabunny';
import type { AudioProblem } from '../../protocol.ts';
import { registerAacDecoder } from './aacDecoder.ts';
import { blobFile, remoteClipFile, sourceOf } from './clipFile.ts';
import { convert } from './convert.ts';
import { readFacts } from './facts.ts';
import { registerFlacEncoder } from './flacEncoder.ts';
import { FORMATS } from './formats.ts';
import { takeFrame } from './frame.ts';
import type { Answers, Request, RequestName } from './messages.ts';
import { movieIndex } from './movieIndex.ts';
import { asAudioError } from './audioError.ts';
import { tryDecoding } from './tryDecoding.ts';

registerAacDecoder();
registerFlacEncoder();

/** More than this no index takes, with the first packets, bytes. */
const READ_BUDGET = 64 * 1024 * 1024;

async function answer(request: Request): Promise<Answers[RequestName]> {
  if (request.name === 'frame') {
    return takeFrame(remoteClipFile(request.file), request.at, request.longerSide);
  }
  const { file } = request;
  await movieIndex(blobFile(file, READ_BUDGET));
  const source =
    request.name === 'convert' ? new BlobSource(file) : sourceOf(blobFile(file, READ_BUDGET), 'fileSystem');
  const input = new Input({ source, formats: FORMATS });
  try {
    switch (request.name) {
      case 'read':
        return await readFacts(input, file.size);
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
const problems: Record<RequestName, AudioProblem> = {
  read: 'unreadable',
  tryDecoding: 'undecodable',
  convert: 'broken',
  frame: 'unreadable',
};

async function reply({ data: request, ports: [port] }: MessageEvent<Request>): Promise<void> {
  try {
    const found = await answer(request);
    port?.postMessage({ answer: found }, found instanceof ImageBitmap ? [found] : []);
  } catch (error) {
    const { problem, message } = asAudioError(error, problems[request.name]);
    port?.postMessage({ problem, detail: message });
  }
}

self.onmessage = (event: MessageEvent<Request>): void => {
  void reply(event);
};
