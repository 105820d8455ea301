/**
 * Which clips are selected, by their keys, as in VS Code's own lists: one is added or taken away, or all from the one that was
 * chosen last to another. Tells of `change`.
 */
export class Selection extends EventTarget {
  private order: readonly number[] = [];
  private selected = new Set<number>();
  /** Where a range begins. */
  private anchor: number | undefined;
  /** What the range of before has selected: a range takes its place. */
  private range: readonly number[] = [];

  /** In the order of the sheet. */
  get keys(): readonly number[] {
    return this.order.filter(key => this.selected.has(key));
  }

  has(key: number): boolean {
    return this.selected.has(key);
  }

  /** These clips are shown now, in this order: what is not among them is not selected any longer. */
  follow(order: readonly number[]): void {
    this.order = order;
    const shown = new Set(order);
    const left = [...this.selected].filter(key => shown.has(key));
    if (left.length < this.selected.size) {
      this.change(left);
    }
    if (this.anchor !== undefined && !shown.has(this.anchor)) {
      this.anchor = undefined;
    }
    this.range = [];
  }

  /** Ranges begin here from now on. */
  begin(key: number): void {
    this.anchor = key;
    this.range = [];
  }

  toggle(key: number): void {
    this.begin(key);
    this.change(this.has(key) ? [...this.selected].filter(one => one !== key) : [...this.selected, key]);
  }

  /** Selects all from where a range begins; `from` says where that is, if nothing was chosen yet. */
  extend(key: number, from: number): void {
    const start = this.order.indexOf((this.anchor ??= from));
    const end = this.order.indexOf(key);
    const before = new Set(this.range);
    this.range = this.order.slice(Math.min(start, end), Math.max(start, end) + 1);
    this.change([...[...this.selected].filter(one => !before.has(one)), ...this.range]);
  }

  selectAll(): void {
    this.change(this.order);
  }

  clear(): void {
    this.anchor = undefined;
    this.range = [];
    if (this.selected.size > 0) {
      this.change([]);
    }
  }

  private change(keys: readonly number[]): void {
    this.selected = new Set(keys);
    this.dispatchEvent(new Event('change'));
  }
}
