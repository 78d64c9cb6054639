import * as DG from 'datagrok-api/dg';
import type {Box} from '../viewers/gestures.ts';
import type {GridCellHandle} from './grid-cell.ts';

/**
 * What `grid.onCellRender` gives: the cell and something to paint on.
 *
 * The platform's grid is one canvas; here cells are elements, made only while they are in view. So the context belongs
 * to a canvas of the cell's own size, made when a subscriber first asks for `g`; cells that nobody paints stay plain
 * text. Coordinates are those of the platform's: pixels of the grid (`bounds`); the context is shifted accordingly, and
 * scaled for dense screens.
 */
export class CellRenderEvent extends DG.GridCellRenderArgs {
  canvas: HTMLCanvasElement | null = null;
  private context: CanvasRenderingContext2D | null = null;
  private prevented = false;
  private area: Box | null = null;

  constructor(private readonly handle: GridCellHandle) {
    super(null as any);
  }

  override get cell(): DG.GridCell {return this.handle.wrapper;}
  override get bounds(): any {
    const box = this.area ??= this.handle.bounds;
    return new DG.Rect(box.x, box.y, box.width, box.height);
  }

  override get g(): CanvasRenderingContext2D {
    if (this.context == null) {
      const {x, y, width, height} = this.bounds;
      const scale = window.devicePixelRatio || 1;
      this.canvas = document.createElement('canvas');
      this.canvas.className = 'd4-grid-cell-canvas';
      this.canvas.width = Math.max(1, Math.round(width * scale));
      this.canvas.height = Math.max(1, Math.round(height * scale));
      this.context = this.canvas.getContext('2d')!;
      this.context.scale(scale, scale);
      this.context.translate(-x, -y);
    }
    return this.context;
  }

  /** The same by the general names of events; itself, so that nothing is made before it is asked for. */
  override get args(): any {return this;}
  override get sender(): any {return this.handle.grid.wrapper;}
  override get causedBy(): any {return null;}
  override get isDefaultPrevented(): boolean {return this.prevented;}
  override preventDefault(): any {this.prevented = true;}
}
