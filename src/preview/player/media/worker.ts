// The worker (dist/pages/clipWorker.js) that reads clips and converts their audio, off the page's main thread.

import { BlobSource, Input } from 'mediabunny';
import type { AudioProblem } from '../../protocol.ts';
import { registerAacDecoder } from './aacDecoder.ts';
import { blobFile, remoteClipFile, sourceOf } from './clipFile.ts';
import { convert } from './convert.ts';
import { readFacts } from './facts.ts';
import { encodableCodec, makeFilm } from './film/film.ts';
import { registerFlacEncoder } from './flacEncoder.ts';
import { sinkTo } from './film/sink.ts';
import { FORMATS } from './formats.ts';
import { takeFrame } from './frame.ts';
import type { Results, Request, RequestName } from './messages.ts';
import { movieIndex } from './movieIndex.ts';
import { asAudioError } from './audioError.ts';
import { tryDecoding } from './tryDecoding.ts';

registerAacDecoder();
registerFlacEncoder();

/** More than the index and the first packets of any clip, bytes. */
const READ_BUDGET = 64 * 1024 * 1024;

async function result(request: Request): Promise<Results[RequestName]> {
  if (request.name === 'frame') {
    return takeFrame(remoteClipFile(request.file), request.at, request.longerSide);
  }
  if (request.name === 'filmCodec') {
    return encodableCodec(request.form);
  }
  if (request.name === 'film') {
    return makeFilm(request.clips, request.form, sinkTo(request.out));
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

/** The problem to report for an unexpected error of each request. */
const problems: Record<RequestName, AudioProblem> = {
  read: 'unreadable',
  tryDecoding: 'undecodable',
  convert: 'broken',
  frame: 'unreadable',
  filmCodec: 'broken',
  film: 'broken',
};

async function reply({ data: request, ports: [port] }: MessageEvent<Request>): Promise<void> {
  try {
    const found = await result(request);
    port?.postMessage({ result: found }, found instanceof ImageBitmap ? [found] : []);
  } catch (error) {
    const { problem, message } = asAudioError(error, problems[request.name]);
    port?.postMessage({ problem, detail: message });
  }
}

self.onmessage = (event: MessageEvent<Request>): void => {
  void reply(event);
};
