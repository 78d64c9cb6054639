/** How much must be painted anew: the data, or only the marks (selection, current row, mouse-over). */
export type Extent = 'marks' | 'data';

/**
 * Gathers requests to paint into one per animation frame. Frame events come synchronously and in bursts, some of them
 * from handlers of other events; whoever paints at once may paint a state that is gone a moment later.
 */
export class Repaint {
  private wanted: Extent | null = null;
  private frame = 0;

  constructor(private paint: (extent: Extent) => void) {}

  request(extent: Extent): void {
    this.wanted = extent === 'data' || this.wanted === 'data' ? 'data' : 'marks';
    if (this.frame === 0)
      this.frame = requestAnimationFrame(() => this.run());
  }

  /** Paints what is due now, for those who need the picture at once. */
  flush(): void {
    if (this.wanted != null)
      this.run();
  }

  cancel(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.wanted = null;
  }

  private run(): void {
    const extent = this.wanted;
    this.cancel();
    if (extent != null)
      this.paint(extent);
  }
}
