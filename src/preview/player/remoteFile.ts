import type { PieceReply, PieceRequest, RemoteFile } from './media/messages.ts';

/** Large enough for the index and the first frame of most clips, bytes. */
const FIRST_PIECE = 128 * 1024;

/** More than any frame needs, bytes: two seconds at the highest bit rate in use. */
const BYTE_BUDGET = 256 * 1024 * 1024;

interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size of the whole file, bytes. */
  readonly size: number;
}

/**
 * A file of which a worker gets only the pieces that it requests. (For a request without an end VS Code reads the whole file.)
 * Requests fail once `signal` is aborted or the budget is used up. Rejects if the first piece cannot be fetched.
 */
export async function remoteFile(source: string, signal: AbortSignal): Promise<RemoteFile> {
  const { bytes, size } = await fetchPiece(source, 0, FIRST_PIECE, signal);
  const { port1, port2 } = new MessageChannel();
  let spent = bytes.length;
  let before: Promise<unknown> = Promise.resolve();
  const fetchRequested = async ({ from, to }: PieceRequest): Promise<PieceReply> => {
    spent += to - from;
    if (spent > BYTE_BUDGET) {
      return { failed: `More than ${BYTE_BUDGET} bytes are to be read.` };
    }
    try {
      return { bytes: (await fetchPiece(source, from, to, signal)).bytes };
    } catch (error) {
      return { failed: String(error) };
    }
  };
  port1.onmessage = ({ data }: MessageEvent<PieceRequest>) => {
    const reply = fetchRequested(data);
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
