/** Which bars are shown when there is no room for all: a window of them, with a thin scroll bar. */
export class BarScroll {
  private readonly track = document.createElement('div');
  private readonly thumb = document.createElement('div');
  private first = 0;
  private size = 0;
  private total = 0;
  private length = 0;
  private horizontalBars = true;

  constructor(host: HTMLElement, private changed: () => void) {
    this.track.className = 'd4-bar-scroll';
    this.thumb.className = 'd4-bar-scroll-thumb';
    this.track.hidden = true;
    this.track.append(this.thumb);
    host.append(this.track);
    this.track.addEventListener('click', (e) => e.stopPropagation());
    this.track.addEventListener('pointerdown', (e) => this.grab(e));
  }

  /** First bar shown and the one after the last. `length` pixels are there, a bar needs `least` of them. */
  window(total: number, length: number, least: number, horizontalBars: boolean): [number, number] {
    this.total = total;
    this.length = length;
    this.horizontalBars = horizontalBars;
    this.size = Math.max(1, Math.min(total, Math.floor(length / least)));
    this.first = Math.max(0, Math.min(this.first, total - this.size));
    this.draw();
    return [this.first, this.first + this.size];
  }

  reset(): void {
    this.first = 0;
  }

  /** Moves by steps of three bars; false when there is nothing to move. */
  by(steps: number): boolean {
    return this.to(this.first + steps * 3);
  }

  private to(first: number): boolean {
    const next = Math.max(0, Math.min(this.total - this.size, Math.round(first)));
    if (this.size >= this.total)
      return false;
    if (next !== this.first) {
      this.first = next;
      this.changed();
    }
    return true;
  }

  private draw(): void {
    this.track.hidden = this.size >= this.total;
    this.track.classList.toggle('d4-bar-scroll-across', !this.horizontalBars);
    const [position, extent] = this.horizontalBars ? ['top', 'height'] : ['left', 'width'];
    this.thumb.removeAttribute('style');
    this.thumb.style.setProperty(position, `${this.first / this.total * 100}%`);
    this.thumb.style.setProperty(extent, `${Math.max(6, this.size / this.total * 100)}%`);
  }

  private grab(e: PointerEvent): void {
    e.stopPropagation();
    e.preventDefault();
    const start = this.horizontalBars ? e.clientY : e.clientX;
    const from = this.first;
    this.track.setPointerCapture(e.pointerId);
    const move = (m: PointerEvent): void => {
      this.to(from + ((this.horizontalBars ? m.clientY : m.clientX) - start) / this.length * this.total);
    };
    this.track.addEventListener('pointermove', move);
    this.track.addEventListener('lostpointercapture', () => this.track.removeEventListener('pointermove', move), {once: true});
  }
}
