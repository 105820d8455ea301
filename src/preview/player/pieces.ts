import type { PieceReply, PieceRequest, RemoteFile } from './media/messages.ts';

/** Brings the index and the first picture of most clips in one request, bytes. */
const FIRST_PIECE = 128 * 1024;

/** More than this no frame takes, bytes: two seconds of the highest bit rate there is. */
const MOST = 256 * 1024 * 1024;

interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file, bytes. */
  readonly size: number;
}

/**
 * A file of which only the pieces are fetched that a worker asks for: VS Code would bring all of it for a request without an end.
 * What is asked for after the signal, or beyond a budget, is refused.
 */
export async function remoteFile(source: string, signal: AbortSignal): Promise<RemoteFile> {
  const { bytes, size } = await fetchPiece(source, 0, FIRST_PIECE, signal);
  const { port1, port2 } = new MessageChannel();
  let spent = bytes.length;
  let before: Promise<unknown> = Promise.resolve();
  const answer = async ({ from, to }: PieceRequest): Promise<PieceReply> => {
    spent += to - from;
    if (spent > MOST) {
      return { failed: `More than ${MOST} bytes are to be read.` };
    }
    try {
      return { bytes: (await fetchPiece(source, from, to, signal)).bytes };
    } catch (error) {
      return { failed: String(error) };
    }
  };
  port1.onmessage = ({ data }: MessageEvent<PieceRequest>) => {
    const reply = answer(data);
    before = before.then(async () => {
      port1.postMessage(await reply);
    });
  };
  return { size, start: bytes, pieces: port2 };
}

async function fetchPiece(source: string, from: number, to: number, signal: AbortSignal): Promise<Piece> {
  const response = await fetch(source, { headers: { Range: `bytes=${from}-${to - 1}` }, signal });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 206) {
    return { bytes: bytes.slice(from, to), size: bytes.length };
  }
  const size = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1]);
  return { bytes, size: Number.isNaN(size) ? from + bytes.length : size };
}
