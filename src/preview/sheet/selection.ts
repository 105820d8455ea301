/**
 * The selection, by keys of clips. It works as in VS Code's lists: a clip can be toggled, and a range extends from the clip chosen
 * last. Dispatches `change`.
 */
export class Selection extends EventTarget {
  private order: readonly number[] = [];
  private selected = new Set<number>();
  /** The anchor of ranges. */
  private anchor: number | undefined;
  /** The previous range, which the next one replaces. */
  private range: readonly number[] = [];

  /** In the order of the sheet. */
  get keys(): readonly number[] {
    return this.order.filter(key => this.selected.has(key));
  }

  has(key: number): boolean {
    return this.selected.has(key);
  }

  /** Sets the shown clips and their order. Others are removed from the selection. */
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

  /** Sets the anchor of ranges. */
  begin(key: number): void {
    this.anchor = key;
    this.range = [];
  }

  toggle(key: number): void {
    this.begin(key);
    this.change(this.has(key) ? [...this.selected].filter(one => one !== key) : [...this.selected, key]);
  }

  /** Selects the range from the anchor to a clip; `from` is the anchor if there is none yet. */
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
