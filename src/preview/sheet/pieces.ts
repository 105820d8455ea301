import { CustomSource } from 'mediabunny';

/** Brings the index and the first picture of most clips in one request, bytes. */
const FIRST_PIECE = 128 * 1024;

interface Piece {
  readonly bytes: Uint8Array;
  /** Of the whole file, bytes. */
  readonly size: number;
}

/** A file of which only the pieces are fetched that are asked for: VS Code would bring all of it for a request without an end. */
export function pieceSource(source: string, signal: AbortSignal): CustomSource {
  let first: Promise<Piece> | undefined;
  const start = async (): Promise<Piece> => (first ??= fetchPiece(source, 0, FIRST_PIECE, signal));
  return new CustomSource({
    getSize: async () => (await start()).size,
    read: async (from, to) => {
      const { bytes } = await start();
      return to <= bytes.length
        ? bytes.subarray(from, to)
        : (await fetchPiece(source, from, to, signal)).bytes;
    },
  });
}

async function fetchPiece(source: string, from: number, to: number, signal: AbortSignal): Promise<Piece> {
  const response = await fetch(source, { headers: { Range: `bytes=${from}-${to - 1}` }, signal });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 206) {
    return { bytes: bytes.subarray(from, to), size: bytes.length };
  }
  const size = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1]);
  return { bytes, size: Number.isNaN(size) ? from + bytes.length : size };
}
