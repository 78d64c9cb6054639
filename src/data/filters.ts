import {BehaviorSubject, Observable} from 'rxjs';
import {EMPTY_ADDRESS, type AddressState} from '../core/address';
import {drillBack, drillClose, drillInto, type Narrowing} from '../core/drill';
import {DEFAULT_RANGE, isRangeError, parseRange, type FallbackParser} from '../core/range';
import {createRequest, type UsageRequest} from '../core/request';
import {isZone, localZone} from '../core/zone';

/** What the filters say now: the state as typed, the request made of it, and what could not be understood. */
export interface FilterState {
  readonly state: AddressState;
  /** The last valid request; stays in force while the text of the range is not understood. */
  readonly request: UsageRequest;
  /** In words, for the screen. */
  readonly problems: readonly string[];
  /** Grows with each Refresh; the same request is then asked again. */
  readonly turn: number;
}

/**
 * The global filters. One value for all tabs: inputs write into it, the address is written from it, and every change
 * gives one new request, or says in words why not.
 */
export class Filters {
  private readonly subject: BehaviorSubject<FilterState>;

  /**
   * @param initial state decoded from an address.
   * @param now clock, epoch milliseconds; read again at each change and at Refresh, so that "today" stays today.
   * @param fallback the platform's own reader of date patterns, for texts which this package does not know.
   */
  constructor(initial: AddressState = EMPTY_ADDRESS, private readonly now: () => number = Date.now,
    private readonly fallback?: FallbackParser) {
    const state = {...initial};
    const {request, problems} = this.read(state);
    const valid = request ?? this.read({...EMPTY_ADDRESS}).request!;
    this.subject = new BehaviorSubject<FilterState>({state, request: valid, problems, turn: 0});
  }

  get value(): FilterState {return this.subject.value;}
  get request(): UsageRequest {return this.subject.value.request;}
  get changes(): Observable<FilterState> {return this.subject.asObservable();}

  /** Text of the date filter, as typed or by default. */
  get dateText(): string {return this.value.state.date ?? DEFAULT_RANGE;}
  /** Zone in force. */
  get zone(): string {return this.request.zone;}

  /** Changes some of the filters. Nothing is published when nothing changed. */
  set(patch: Partial<AddressState>): void {
    const state = {...this.value.state, ...patch};
    if (JSON.stringify(state) === JSON.stringify(this.value.state))
      return;
    const {request, problems} = this.read(state);
    this.subject.next({state, request: request ?? this.request, problems, turn: this.value.turn});
  }

  /** Replaces the whole state: another address was opened. */
  replace(state: AddressState): void {
    this.set({...EMPTY_ADDRESS, ...state});
  }

  /** Tells everybody once more: names of what is chosen became known. Nothing is asked again. */
  touch(): void {
    this.subject.next(this.value);
  }

  /** Asks everything again, with "now" read afresh. */
  refresh(): void {
    const {request, problems} = this.read(this.value.state);
    this.subject.next({state: this.value.state, request: request ?? this.request, problems, turn: this.value.turn + 1});
  }

  /** Back to the default range and no filters, out of every drill-down; the tab stays. */
  reset(): void {
    const {tab, view, zone, rest} = this.value.state;
    this.replace({...EMPTY_ADDRESS, tab, view, zone, rest});
  }

  /** Leads to another tab, narrowed; the way back is kept. */
  drill(tab: string, narrowing: Narrowing): void {
    this.replace(drillInto(this.value.state, tab, narrowing, this.zone));
  }

  /** One drill-down back, to the screen as it was. */
  back(): void {
    const before = drillBack(this.value.state);
    if (before != null)
      this.replace(before);
  }

  /** Out of all drill-downs, on this tab, with the filters from before. */
  closeDrill(): void {
    this.replace(drillClose(this.value.state));
  }

  dispose(): void {
    this.subject.complete();
  }

  private read(state: AddressState): {request: UsageRequest | null; problems: string[]} {
    const problems: string[] = [];
    let zone = state.zone ?? localZone();
    if (!isZone(zone)) {
      problems.push(`"${zone}" is not a time zone; ${localZone()} is used.`);
      zone = localZone();
    }
    const range = parseRange(state.date ?? DEFAULT_RANGE, this.now(), zone, this.fallback);
    if (isRangeError(range))
      return {request: null, problems: [...problems, range.error]};
    const answer = createRequest({...state, range, zone, now: this.now()});
    return {request: answer.request, problems: [...problems, ...answer.problems]};
  }
}
