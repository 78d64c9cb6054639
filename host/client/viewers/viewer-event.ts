/** One event of a viewer for those who listen to all of them (`viewer.onEvent()` without a name). */
export class ViewerEvent {
  constructor(readonly type: string, readonly data: any) {}
}
