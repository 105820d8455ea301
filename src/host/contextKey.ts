import { commands } from 'vscode';

/** A context key for `when` clauses: written only when its value changes. */
export class ContextKey {
  private readonly name: string;
  private value: boolean | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async set(value: boolean): Promise<void> {
    if (value !== this.value) {
      this.value = value;
      await commands.executeCommand('setContext', this.name, value);
    }
  }
}
