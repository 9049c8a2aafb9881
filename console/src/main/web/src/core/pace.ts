/** Of the page's time, one part in this many goes into drawing what nobody asked for. */
const SHARE = 4;

const WAIT_MILLIS_MAX = 500;

/** Draws what changes without end: at most once for each picture of the screen, and less often the longer one takes. */
export class Pace {
  private timer = 0;
  private frame = 0;
  private notBefore = 0;

  constructor(private readonly draw: () => void) {}

  /** Draws soon; many calls are one. */
  soon(): void {
    if (this.timer || this.frame) return;
    this.timer = window.setTimeout(() => this.next(), Math.max(0, this.notBefore - performance.now()));
  }

  /** Draws with the next picture, since somebody has pressed something. */
  next(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    this.frame = 0;
    const began = performance.now();
    this.draw();
    // Runs when the picture is made, so that layout and painting are counted too.
    setTimeout(() => {
      const ended = performance.now();
      this.notBefore = ended + Math.min(WAIT_MILLIS_MAX, (SHARE - 1) * (ended - began));
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
  }
}
