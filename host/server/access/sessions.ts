import {randomBytes, randomUUID} from 'node:crypto';

/** Somebody signed in since the host started. Not the database's `users_sessions`, which stays untouched. */
export interface Session {
  id: string;
  token: string;
  /** Null for the one who started the host. */
  userId: string | null;
  started: Date;
}

/** Enough for a laptop; the oldest session ends when one more is opened. */
const MOST_SESSIONS = 1000;

/** Sessions by token, in memory: all end with the host. */
export class Sessions {
  /** The session of requests that carry no token and come from this machine. */
  readonly owner: Session = {id: randomUUID(), token: newToken(), userId: null, started: new Date()};
  private readonly byToken = new Map<string, Session>();
  private readonly byUser = new Map<string, string>();

  open(userId: string): Session {
    const session = {id: randomUUID(), token: newToken(), userId, started: new Date()};
    this.byToken.set(session.token, session);
    if (this.byToken.size > MOST_SESSIONS)
      this.byToken.delete(this.byToken.keys().next().value!);
    return session;
  }

  /** The session that goes on from one call of a tool to the next. */
  ofUser(userId: string): Session {
    const known = this.byToken.get(this.byUser.get(userId) ?? '');
    const session = known ?? this.open(userId);
    this.byUser.set(userId, session.token);
    return session;
  }

  find(token: string): Session | undefined {
    return token === this.owner.token ? this.owner : this.byToken.get(token);
  }

  close(token: string): void {
    this.byToken.delete(token);
  }
}

const newToken = (): string => randomBytes(24).toString('base64url');
