import type { Disposable } from './disposable.ts';

/** Subscribes a listener until the returned disposable is disposed. The shape of VS Code's `Event`. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** Announces to its listeners. A listener that throws does not affect the others. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<{ notify: (event: T) => void }>();
  private readonly onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void = () => undefined) {
    this.onListenerError = onListenerError;
  }

  readonly event: Event<T> = listener => {
    // An object of its own for each subscription, so that one function may listen twice.
    const entry = { notify: listener };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener.notify(event);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
