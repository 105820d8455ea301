/** `saverProcess.ts`, forked, is a window that saves clips: for each order (protocol.ts) it says what saving them cost. */
import type { SaveOrder } from './protocol.ts';
import { save } from './work.ts';

/** A bench that goes wrong must not go on. */
function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('message', (order: SaveOrder) => {
  save(order).then(cost => process.send?.(cost), fail);
});
process.once('disconnect', () => {
  process.exit();
});
