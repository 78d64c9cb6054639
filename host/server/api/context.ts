import type {FastifyRequest} from 'fastify';
import type {Pool} from 'pg';
import type {Sessions} from '../access/index.ts';
import type {Recorder} from '../log/recorder.ts';
import type {PublicationStore} from '../publish/index.ts';
import type {PackageRegistry} from '../registry/index.ts';
import type {View} from './kind.ts';

/** What the endpoints stand on. */
export interface ApiContext {
  /** Read-only connections whose time zone is UTC. */
  pool: Pool;
  /** Connections for what saves; null when the database is read-only. */
  writes: Pool | null;
  registry: PackageRegistry;
  sessions: Sessions;
  /** Writes the log; null when the database is read-only. */
  recorder: Recorder | null;
  /** Files of published packages; null when there can be none. */
  store: PublicationStore | null;
}

/** What this request's sender may see. The core asks for all versions of packages by a header. */
export const viewOf = (request: FastifyRequest, {pool, registry}: ApiContext): View => ({
  pool, registry, caller: request.caller, allVersions: request.headers['datlas-all-package-versions'] === 'true',
});
