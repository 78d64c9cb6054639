import type {ViewerHandle} from './viewer-handle.ts';

/**
 * Settings of one viewer, by long property name. One object for the viewer's whole life: `viewer.props` of the
 * published classes keeps the reference it got at construction.
 */
export class Look {
  readonly values: Record<string, any> = {};

  constructor(readonly owner: ViewerHandle) {}

  get(name: string): any {
    return this.values[name];
  }

  /** Stores the value; the owner repaints and tells its listeners when it differs from the old one. */
  set(name: string, value: any): void {
    const old = this.values[name];
    const next = value === undefined ? null : value;
    if (same(old, next))
      return;
    this.values[name] = next;
    this.owner.propertyChanged(name);
  }

  /** Stores a value that the viewer chose itself: nobody is told. */
  choose(name: string, value: any): void {
    this.values[name] = value;
  }
}

/** Equality of property values: scalars, and lists of scalars. */
export function same(a: any, b: any): boolean {
  return a === b || Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]);
}
