import { EventEmitter, type ExtensionContext } from 'vscode';
import { SECOND, type Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { KeyringError, messageOf } from '../base/errors.ts';
import type { Event } from '../base/events.ts';
import { KEY_SECRET_PREFIX } from '../ids.ts';

/** The longest wait for a keyring, which may wait forever for a person to unlock it, ms. */
const LONGEST_READ = 10 * SECOND;

/** The gateway keys: in VS Code's SecretStorage, each bound to the one origin it was entered for. */
export class Keys implements Disposable {
  private readonly secrets: ExtensionContext['secrets'];
  private readonly clock: Clock;
  /** What is being read. A keyring that waits for a person is not read a second time meanwhile. */
  private readonly reading = new Map<string, Promise<string | undefined>>();
  private readonly changes = new EventEmitter<void>();
  private readonly subscription: Disposable;

  /** A key was set or cleared, in this window or another. May come without a change (microsoft/vscode#115214). */
  readonly onDidChange: Event<void> = this.changes.event;

  constructor(secrets: ExtensionContext['secrets'], clock: Clock) {
    this.secrets = secrets;
    this.clock = clock;
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(KEY_SECRET_PREFIX)) {
        this.changes.fire();
      }
    });
  }

  /**
   * The key for an origin such as `https://example.com`, where one was entered. Rejects with a `KeyringError` when that cannot be
   * known, or not within ten seconds.
   */
  async get(origin: string): Promise<string | undefined> {
    let timer: Disposable | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = this.clock.setTimer(() => {
        fail(new KeyringError('no response'));
      }, LONGEST_READ);
    });
    try {
      return await Promise.race([this.read(origin), late]);
    } finally {
      timer?.dispose();
    }
  }

  private read(origin: string): Promise<string | undefined> {
    let reading = this.reading.get(origin);
    if (!reading) {
      reading = Promise.resolve()
        .then(() => this.secrets.get(KEY_SECRET_PREFIX + origin))
        .catch((error: unknown) => {
          throw new KeyringError(messageOf(error), { cause: error });
        })
        .finally(() => this.reading.delete(origin));
      this.reading.set(origin, reading);
    }
    return reading;
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
