import { commands } from 'vscode';

/** A context key for `when` clauses: written only when its value changes. */
export class ContextKey<T extends boolean | string = boolean> {
  private readonly name: string;
  private value: T | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async set(value: T): Promise<void> {
    if (value !== this.value) {
      this.value = value;
      await commands.executeCommand('setContext', this.name, value);
    }
  }
}
