// A host with its own database, to be killed: `host-process.ts <data folder> <client folder>`. Prints `up <port>`.
process.env.TZ = 'UTC';

import pg from 'pg';
import {createSchema, isEmpty} from '../../../host/database/schema.ts';
import {startDatabase} from '../../../host/database/server.ts';
import {buildApp} from '../../../host/server/app.ts';
import {ADMIN_GROUP, ADMIN_USER} from '../../../host/server/access/well-known.ts';

const [folder, clientFolder] = process.argv.slice(2);
const database = await startDatabase({folder});
const client = new pg.Client({connectionString: database.url});
client.on('error', () => {});
await client.connect();
if (await isEmpty(client)) {
  await createSchema(client);
  await client.query(`insert into groups (id, name, personal) values ($1, 'admin', true)`, [ADMIN_GROUP]);
  await client.query(`insert into users (id, login, friendly_name, group_id) values ($1, 'admin', 'Admin', $2)`,
    [ADMIN_USER, ADMIN_GROUP]);
}
await client.end();
const app = await buildApp({databaseUrl: database.url, packageFolders: [], readOnly: false, clientFolder,
  ownerIsAdmin: true, limits: {timeLimitMs: 20_000, rowLimit: 1000}});
await app.listen({port: 0, host: '127.0.0.1'});
console.log(`up ${(app.server.address() as {port: number}).port} ${database.url}`);
