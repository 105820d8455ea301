import type { Disposable } from './disposable.ts';

/** Subscribes a listener until the returned disposable is disposed. The shape of VS Code's `Event`. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** Announces to its listeners. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<{ hear: (event: T) => void }>();
  private readonly onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void = () => undefined) {
    this.onListenerError = onListenerError;
  }

  readonly event: Event<T> = hear => {
    // An object of its own for each subscription, so that one function may listen twice.
    const listener = { hear };
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener.hear(event);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
