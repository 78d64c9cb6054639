import * as DG from 'datagrok-api/dg';
import {register} from '../interop/life-cycle.ts';
import {ViewHandle} from './view.ts';

/** A view written in JavaScript (`class extends DG.ViewBase`): the instance itself is what packages see. */
export class JsViewHandle extends ViewHandle {
  override readonly kind: string = 'js-view';

  constructor(private readonly view: any) {
    super();
    this.adopt(view);
    register(this);
  }

  protected override createWrapper(): any {return this.view;}

  override get jsView(): any {return this.view;}

  override get type(): string {return this.view.type;}

  override get root(): HTMLElement {return this.view.root;}

  /** A subclass may answer by an accessor of its own instead of setting the name. */
  override get name(): string {return this.view.name ?? super.name;}
  override set name(name: string) {super.name = name;}

  override get path(): string {return overrides(this.view, 'path') ? this.view.path ?? '' : super.path;}
  override set path(path: string) {super.path = path;}

  override get icon(): HTMLElement | null {return super.icon ?? this.view.getIcon?.() ?? null;}
  override set icon(icon: HTMLElement | null) {super.icon = icon;}

  override detach(): void {
    super.detach();
    if (!this.view.isDetached)
      this.view.detach();
  }
}

/** Whether the class of `view` replaces a member of the published base class. */
function overrides(view: any, member: string): boolean {
  for (let p = Object.getPrototypeOf(view); p != null && p !== DG.ViewBase.prototype; p = Object.getPrototypeOf(p))
    if (Object.hasOwn(p, member))
      return true;
  return false;
}
