/** Something with an end: VS Code's own shape, known here without VS Code. */
export interface Disposable {
  dispose(): void;
}

/**
 * Owns what is added to it and disposes it in reverse order of adding. What comes after the end is disposed at
 * once, so that a late registration cannot leak.
 */
export class DisposableStore implements Disposable {
  private readonly owned: Disposable[] = [];
  private disposed = false;

  /** Takes ownership and returns its argument. */
  add<T extends Disposable>(disposable: T): T {
    if (this.disposed) {
      disposable.dispose();
    } else {
      this.owned.push(disposable);
    }
    return disposable;
  }

  dispose(): void {
    this.disposed = true;
    for (let last = this.owned.pop(); last; last = this.owned.pop()) {
      last.dispose();
    }
  }
}
