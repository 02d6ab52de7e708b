/** A workbook of a hundred thousand people has half a million texts, of which each would take some sixty bytes of the heap. */
const MOST_HELD = 50_000;
const FIRST_BYTES = 1024 * 1024;

/** The texts that the cells of a workbook share, by their places. Many of them are held as bytes. */
export class SharedTexts {
  private held: string[] = [];
  private bytes: Buffer | undefined;
  private ends = new Uint32Array(0);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(text: string): void {
    if (this.bytes) this.append(text);
    else {
      this.held.push(text);
      this.count++;
      if (this.count > MOST_HELD) this.pack();
    }
  }

  /** `undefined` where there is none; `index` may be any number. */
  at(index: number): string | undefined {
    if (!this.bytes) return this.held[index];
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
    return this.bytes.toString('utf16le', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }

  private pack(): void {
    const { held } = this;
    this.bytes = Buffer.allocUnsafe(FIRST_BYTES);
    this.held = [];
    this.count = 0;
    for (const text of held) this.append(text);
  }

  /** In UTF-16, so that half a character comes back as it is. */
  private append(text: string): void {
    const start = this.count === 0 ? 0 : this.ends[this.count - 1]!;
    const end = start + text.length * 2;
    if (this.count === this.ends.length) {
      const longer = new Uint32Array(Math.max(MOST_HELD, this.count) * 2);
      longer.set(this.ends);
      this.ends = longer;
    }
    if (end > this.bytes!.length) {
      const longer = Buffer.allocUnsafe(Math.max(end, this.bytes!.length * 2));
      this.bytes!.copy(longer, 0, 0, start);
      this.bytes = longer;
    }
    this.bytes!.write(text, start, 'utf16le');
    this.ends[this.count++] = end;
  }
}
