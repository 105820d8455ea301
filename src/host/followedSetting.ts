import { workspace } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { affects } from './settings.ts';

/** The meaning of a setting that is read often: computed again only after it has changed. */
export class FollowedSetting<T> implements Disposable {
  private known: { readonly value: T } | undefined;
  private readonly read: () => T;
  private readonly listener: Disposable;

  constructor(id: Parameters<typeof affects>[1], read: () => T) {
    this.read = read;
    this.listener = workspace.onDidChangeConfiguration(event => {
      if (affects(event, id)) {
        this.known = undefined;
      }
    });
  }

  get(): T {
    this.known ??= { value: this.read() };
    return this.known.value;
  }

  dispose(): void {
    this.listener.dispose();
  }
}
