import {decodeAddress, encodeAddress, type AddressState} from './address';
import {rangeText, type Range} from './range';

/** What a drill-down narrows to. What is left out stays as it was. */
export interface Narrowing {
  /** Sub-view of the tab; without it the first one. */
  readonly view?: string;
  readonly range?: Range;
  readonly users?: readonly string[];
  readonly packages?: readonly string[];
  readonly functions?: readonly string[];
  readonly entities?: readonly string[];
  readonly sources?: readonly string[];
  readonly types?: readonly string[];
  /** Exact points; they hold beside everything else. */
  readonly cells?: readonly string[];
  /** Which of the numbers the rows must add up to: `events`, `runs` or `errors`. */
  readonly measure?: string;
}

/** More exact points than this make an address that browsers and mail programs cut. */
export const MOST_CELLS = 60;

/**
 * The screen that a drill-down leads to: another tab, narrowed, with the screen one came from on the stack. The stack
 * is a part of the address, so a link restores it too.
 */
export function drillInto(state: AddressState, tab: string, narrowing: Narrowing, zone: string): AddressState {
  const {range, ...rest} = narrowing;
  const here = encodeAddress({...state, drill: []});
  return {...state, tags: [], categories: [], ...defined(rest), tab, view: rest.view, selected: [], page: [],
    date: range == null ? state.date : rangeText(range, zone), drill: [...state.drill, here]};
}

function defined(narrowing: Omit<Narrowing, 'range'>): Partial<AddressState> {
  return Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== undefined));
}

/** The screen that the last drill-down came from, as it was; null when there was none. */
export function drillBack(state: AddressState): AddressState | null {
  const last = state.drill.at(-1);
  return last == null ? null : {...decodeAddress(last).state, drill: state.drill.slice(0, -1), rest: state.rest};
}

/** Out of all drill-downs, on the tab where one is: the filters are those from before the first. */
export function drillClose(state: AddressState): AddressState {
  const first = state.drill[0];
  return first == null ? state :
    {...decodeAddress(first).state, tab: state.tab, view: undefined, selected: [], page: [], drill: [],
      rest: state.rest};
}

/** Tabs that the drill-downs came from, the first one first. */
export function drillTrail(state: AddressState): string[] {
  return state.drill.map((address) => decodeAddress(address).state.tab ?? '');
}
