import * as DG from 'datagrok-api/dg';
import {Bus} from '../interop/bus.ts';
import {HostEvent} from '../interop/event-data.ts';
import {Handle} from '../interop/handle.ts';
import {onKill} from '../interop/life-cycle.ts';
import type {Input} from './input.ts';

/** Inputs under each other, watched together. Streams: `input-changed` and `validation-completed` on the bus. */
export class InputForm extends Handle {
  readonly kind = 'InputForm';
  readonly root = document.createElement('div');
  private object: any = null;
  private asked = false;
  private readonly stops: (() => void)[] = [];

  constructor(readonly inputs: Input[]) {
    super();
    this.root.className = 'ui-form';
    for (const input of inputs) {
      this.root.append(input.root);
      const changes = input.input.subscribe(() =>
        this.bus.fire('input-changed', new HostEvent({input: input.wrapper}, input.wrapper)));
      const checks = input.validation.done.subscribe(() => {
        if (!this.asked)
          this.bus.fire('validation-completed', this.isValid);
      });
      this.stops.push(() => changes.unsubscribe(), () => checks.unsubscribe());
    }
    onKill(this.root, () => this.detach());
  }

  protected createWrapper(): any {return new DG.InputForm(this);}

  /** The object whose properties the inputs edit. */
  get source(): any {return this.object;}
  set source(x: any) {
    this.object = x;
    for (const input of this.inputs)
      if (input.property != null && x != null)
        input.bind(input.property, x);
  }

  get isValid(): boolean {
    return this.inputs.every((input) => input.validation.messages().length === 0);
  }

  /** By the property's name, or by the caption when no property is known. */
  find(name: string): Input | null {
    return this.inputs.find((input) => input.property?.name === name) ??
      this.inputs.find((input) => input.caption === name) ?? null;
  }

  /** Validates all inputs, showing what is wrong with each, and announces the outcome once. */
  validate(): boolean {
    this.asked = true;
    const valid = this.inputs.map((input) => input.validation.touch()).every((ok) => ok);
    this.asked = false;
    this.bus.fire('validation-completed', valid);
    return valid;
  }

  /** Something to be stopped when the form leaves the page. */
  own(stop: () => void): void {
    this.stops.push(stop);
  }

  private detach(): void {
    for (const stop of this.stops.splice(0))
      stop();
  }
}

/** A stream of the bus, as `grok_Stream_Listen` takes it. */
export function streamOf(bus: Bus, event: string): {subscribe(f: (x: any) => void): {unsubscribe(): void}} {
  return {
    subscribe: (f) => {
      const subscription = bus.on(event, f);
      return {unsubscribe: () => subscription.cancel()};
    },
  };
}
