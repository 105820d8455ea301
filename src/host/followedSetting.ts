import { workspace } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { affects } from './settings.ts';

/** What a setting means, worked out again only when a person has changed it: for what is asked often. */
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
