import type {FastifyInstance} from 'fastify';
import {publishing} from '../publish/index.ts';
import type {ApiContext} from './context.ts';
import {connections} from './kinds/connection.ts';
import {queries, scripts} from './kinds/function.ts';
import {projects} from './kinds/project.ts';
import {reports} from './kinds/report.ts';
import {addAccount} from './routes/account.ts';
import {addCollection, notAnswered} from './routes/collection.ts';
import {addEntities} from './routes/entities.ts';
import {addEntityWrites} from './routes/entity-writes.ts';
import {addFiles} from './routes/files.ts';
import {addGroups} from './routes/groups.ts';
import {addInformation} from './routes/information.ts';
import {addLog} from './routes/log.ts';
import {addLogPosts} from './routes/log-posts.ts';
import {addPackages} from './routes/packages.ts';
import {addPermissions} from './routes/permissions.ts';
import {addStartup} from './routes/startup.ts';
import {addStorage} from './routes/storage.ts';

export type {ApiContext} from './context.ts';
export {describeError, sendError} from './errors.ts';

/**
 * The REST calls of the core that this host answers, relative to where it is registered (`/api`). Every other call is
 * refused with 501 and its name: an empty answer would look like a fact.
 */
export async function api(app: FastifyInstance, context: ApiContext): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', {parseAs: 'string'}, (_request, body, done) => done(null, body));

  await app.register(publishing, {...context, prefix: ''});
  addStartup(app, context);
  addAccount(app, context);
  addGroups(app, context);
  addPackages(app, context);
  addEntities(app, context);
  addEntityWrites(app, context);
  addLog(app, context);
  addLogPosts(app, context);
  addFiles(app, context);
  addStorage(app);
  addPermissions(app, context);
  addInformation(app, context);
  addCollection(app, '/connectors/queries', queries, context);
  addCollection(app, '/connectors/connections', connections, context);
  addCollection(app, '/scripts', scripts, context);
  addCollection(app, '/projects', projects, context);
  addCollection(app, '/reports', reports, context);

  app.all('/*', (request) => {
    throw notAnswered(request);
  });
}
