import type { Memento } from 'vscode';

/** Something that a person has set, kept under a name until it is set again. */
export class Kept<T> {
  private readonly memento: Memento;
  private readonly name: string;
  private readonly isWhole: (value: unknown) => value is T;
  private readonly atFirst: T;

  /** `atFirst` is used for what was never set, and for what is invalid: another version may have stored it. */
  constructor(memento: Memento, name: string, isWhole: (value: unknown) => value is T, atFirst: T) {
    this.memento = memento;
    this.name = name;
    this.isWhole = isWhole;
    this.atFirst = atFirst;
  }

  get(): T {
    const kept = this.memento.get<unknown>(this.name);
    return this.isWhole(kept) ? kept : this.atFirst;
  }

  async set(value: T): Promise<void> {
    await this.memento.update(this.name, value);
  }
}

/** Whether something that was kept is a list of texts. */
export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}
