import * as ui from 'datagrok-api/ui';
import type {Subscription} from 'rxjs';
import {drillTrail} from '../core/drill';
import {formatRange} from '../core/format';
import type {Filters} from '../data/filters';
import type {Labels} from '../data/labels';
import {div} from './dom';

/** In the toolbox while one looks at a part: what it is narrowed to, the way back, the way out. */
export class DrillBar {
  readonly root = div('ua-drill');
  private readonly subscription: Subscription;

  constructor(private readonly filters: Filters, private readonly labels: Labels) {
    this.subscription = filters.changes.subscribe(() => this.refresh());
  }

  dispose(): void {
    this.subscription.unsubscribe();
  }

  refresh(): void {
    const {state, request} = this.filters.value;
    const trail = drillTrail(state);
    this.root.hidden = trail.length === 0;
    if (trail.length === 0)
      return this.root.replaceChildren();
    const lines = [formatRange(request, request.zone), ...this.labels.lines(state)];
    this.root.replaceChildren(
      div('ua-drill-title', 'Details', div('ua-drill-trail', [...trail, state.tab].join(' › '))),
      ...lines.map((line) => {
        const e = div('ua-drill-line', line);
        e.title = line;
        return e;
      }),
      div('ua-drill-actions',
        ui.button(`Back to ${trail.at(-1)}`, () => this.filters.back(), 'The screen as it was before'),
        ui.button('Close', () => this.filters.closeDrill(), 'Stay here, with the filters from before')));
  }
}
