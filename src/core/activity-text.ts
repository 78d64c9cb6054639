/** A value that was logged with a record, as the queries tell it. */
export interface LoggedValue {
  readonly name: string;
  /** Name of what the value refers to, or the value itself. */
  readonly label: string;
}

/** A record of the log, as far as a sentence about it needs it. */
export interface LoggedRecord {
  readonly type: string;
  /** What was logged: a sentence, a template such as `@user ran @entity`, or nothing. */
  readonly description: string;
  readonly error: string;
  /** Name of who did it; empty when nobody is known. */
  readonly who: string;
  readonly values: readonly LoggedValue[];
}

/** A piece of a sentence; `name` tells the parameter that it stands for. */
export interface Piece {
  readonly text: string;
  readonly name?: string;
}

/** An address such as `ann@example.com` holds none. */
const PLACEHOLDER = /((?<![\p{L}\p{N}_])@[\p{L}_][\p{L}\p{N}_-]*)/u;

/** What types of records say by their last word. */
const VERB = /(?:^|-)(created|edited|deleted|published|opened|shared|invited|posted|ran|started|start)(?:-silent)?$/;

const label = (record: LoggedRecord, ...names: string[]): LoggedValue | undefined => names
  .map((name) => record.values.find((value) => value.name === name && value.label !== '')).find((found) => found != null);

/**
 * What happened, in pieces: placeholders are replaced by the names of parameters; a template that begins with who did
 * it loses these words, since they stand beside it; a record without a text is told by its type; and sharing tells
 * with whom, which no template does.
 */
export function activityText(record: LoggedRecord): Piece[] {
  const pieces = record.description === '' || record.description === record.type ? fromType(record) :
    fromTemplate(record);
  return [...withoutWho(pieces, record), ...partner(pieces, record)];
}

function fromTemplate(record: LoggedRecord): Piece[] {
  return record.description.split(PLACEHOLDER).filter((text) => text !== '').map((text) => {
    const name = text.slice(1);
    const known = PLACEHOLDER.test(text) ? label(record, name)?.label ?? (name === 'user' ? record.who : '') : '';
    return known === '' ? {text} : {text: known, name};
  });
}

/** `project-opened` and its `entity` make "opened Plates"; a type that says nothing stands for itself. */
function fromType(record: LoggedRecord): Piece[] {
  const verb = VERB.exec(record.type)?.[1];
  if (record.error !== '' && verb == null)
    return [{text: record.error}];
  const entity = label(record, 'entity');
  if (verb == null || entity == null)
    return [{text: record.type}];
  return [{text: `${verb === 'start' ? 'started' : verb} `}, {text: entity.label, name: 'entity'}];
}

function withoutWho(pieces: Piece[], {who}: LoggedRecord): Piece[] {
  const [first, second, ...rest] = pieces;
  return first?.name === 'user' && first.text === who && second?.name == null && second?.text.trim() ?
    [{text: second.text.trimStart()}, ...rest] : pieces;
}

function partner(pieces: readonly Piece[], record: LoggedRecord): Piece[] {
  const other = /shared/.test(record.type) ? label(record, 'grantedUser', 'group') : undefined;
  return other == null || pieces.some(({name}) => name === 'grantedUser' || name === 'group') ? [] :
    [{text: ' with '}, {text: other.label, name: other.name}];
}
