/** Fulfils wishes one at a time; of those that come meanwhile only the newest, so that dragging floods no server. */
export class Latest<W, T> {
  private next: { readonly wish: W } | null = null;
  private underWay: AbortController | null = null;

  constructor(
    private readonly fulfil: (wish: W, signal: AbortSignal) => Promise<T>,
    private readonly onDone: (result: T, wish: W) => void,
    private readonly onFailure: (failed: unknown) => void,
  ) {}

  wish(wish: W): void {
    this.next = { wish };
    if (this.underWay === null) void this.work();
  }

  /** Forgets what was wished for; nothing of it is told. */
  cancel(): void {
    this.next = null;
    this.underWay?.abort();
    this.underWay = null;
  }

  private async work(): Promise<void> {
    const underWay = new AbortController();
    this.underWay = underWay;
    for (let taken = this.take(); taken; taken = this.take()) {
      try {
        const result = await this.fulfil(taken.wish, underWay.signal);
        if (underWay.signal.aborted) return;
        this.onDone(result, taken.wish);
      } catch (failed) {
        if (underWay.signal.aborted) return;
        this.onFailure(failed);
      }
    }
    this.underWay = null;
  }

  private take(): { readonly wish: W } | null {
    const taken = this.next;
    this.next = null;
    return taken;
  }
}
