import * as DG from 'datagrok-api/dg';

/**
 * Event data made by the host. The published getters would ask the core for a Dart object's fields; this subclass
 * answers by itself, and passes through `toJs` unchanged because it is already a JavaScript object.
 */
export class HostEvent extends DG.EventData {
  private prevented = false;

  constructor(private readonly eventArgs: Record<string, any> = {}, private readonly source: any = null,
    private readonly cause: any = null) {
    super(null as any);
  }

  override get args(): any {return this.eventArgs;}
  override get sender(): any {return this.source;}
  override get causedBy(): any {return this.cause;}
  override get isDefaultPrevented(): boolean {return this.prevented;}
  override preventDefault(): any {this.prevented = true;}
}
