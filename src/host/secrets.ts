import { EventEmitter, type ExtensionContext } from 'vscode';
import type { Event } from '../base/events.ts';
import type { Disposable } from '../base/disposable.ts';
import { KEY_SECRET_PREFIX } from '../ids.ts';

/** The gateway keys: in VS Code's SecretStorage, each bound to the one origin it was entered for. */
export class Keys implements Disposable {
  private readonly secrets: ExtensionContext['secrets'];
  private readonly changes = new EventEmitter<void>();
  private readonly subscription: Disposable;

  /** A key was set or cleared, in this window or another. May come without a change (microsoft/vscode#115214). */
  readonly onDidChange: Event<void> = this.changes.event;

  constructor(secrets: ExtensionContext['secrets']) {
    this.secrets = secrets;
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(KEY_SECRET_PREFIX)) {
        this.changes.fire();
      }
    });
  }

  /** The key for an origin such as `https://example.com`, where one was entered. */
  async get(origin: string): Promise<string | undefined> {
    return this.secrets.get(KEY_SECRET_PREFIX + origin);
  }

  async set(origin: string, key: string): Promise<void> {
    await this.secrets.store(KEY_SECRET_PREFIX + origin, key);
  }

  async clear(origin: string): Promise<void> {
    await this.secrets.delete(KEY_SECRET_PREFIX + origin);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changes.dispose();
  }
}
