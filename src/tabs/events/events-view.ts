import type {Counting, EventsRequest} from '../../data/events';

/** A sub-view of the Events tab. */
export interface EventsView {
  readonly root: HTMLElement;
  /** Asks for what it shows; called at every change of the filters while it is on screen. */
  ask(asked: EventsRequest, force: boolean): void;
  /** @returns false when nothing was selected. */
  clearSelection(): boolean;
  dispose(): void;
}

const kinds: Record<Counting, string> = {events: 'Events', runs: 'Function runs', errors: 'Errors'};

/** What is counted, in words for a title. */
export const kindOf = (counting: Counting | undefined): string => kinds[counting ?? 'events'];
