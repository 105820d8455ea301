import { SECOND, type Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { TaskStore } from '../store/store.ts';
import { onAbort } from './tool.ts';

/**
 * Waits until something is so in the list, looking only when the list changes: no request is made for it. Gives whether it was so in
 * time. Rejects with the signal's reason when that comes first.
 */
export async function until(
  isSo: () => boolean,
  longest: number,
  signal: AbortSignal,
  { store, clock }: { readonly store: Pick<TaskStore, 'onDidChange'>; readonly clock: Clock },
): Promise<boolean> {
  signal.throwIfAborted();
  if (isSo()) {
    return true;
  }
  return new Promise<boolean>((done, fail) => {
    const end = (settle: () => void): void => {
      listener.dispose();
      timer.dispose();
      abort.dispose();
      settle();
    };
    const look = (): void => {
      try {
        if (isSo()) {
          end(() => {
            done(true);
          });
        }
      } catch (error) {
        end(() => {
          fail(error instanceof Error ? error : new Error(messageOf(error)));
        });
      }
    };
    const listener = store.onDidChange(look);
    const timer = clock.setTimer(() => {
      end(() => {
        done(false);
      });
    }, longest * SECOND);
    const abort = onAbort(signal, () => {
      end(() => {
        fail(signal.reason as Error);
      });
    });
  });
}
