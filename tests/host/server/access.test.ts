import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {InjectOptions} from 'fastify';
import {isForeignPage, isLoopbackAddress, isLoopbackHost} from '../../../host/server/access/loopback.ts';
import {organisation} from './organisation.ts';
import {serve, type Served} from './serve.ts';

let database: Awaited<ReturnType<typeof organisation>>;
let server: Served;
before(async () => {
  database = await organisation();
  server = await serve(database.url);
});
after(async () => {
  await server?.close();
  await database?.close();
});

const current = (options: Partial<InjectOptions> = {}) =>
  server.request({method: 'GET', url: '/api/users/current', ...options});

describe('addresses and names of this machine', () => {
  for (const [address, expected] of [['127.0.0.1', true], ['127.8.8.8', true], ['::1', true], ['::ffff:127.0.0.1',
    true],
    ['10.0.0.1', false], ['::ffff:10.0.0.1', false], ['2001::1', false], [undefined, false]] as const)
    it(`${address} ${expected}`, () => assert.equal(isLoopbackAddress(address), expected));

  for (const [host, expected] of [['localhost', true], ['LOCALHOST:8080', true], ['a.localhost:1', true],
    ['127.0.0.1:8080', true], ['[::1]:8080', true], ['localhost.evil.example', false], ['evil.example:8080', false],
    ['127.0.0.1.evil.example', false], ['notlocalhost', false], [undefined, false]] as const)
    it(`${host} ${expected}`, () => assert.equal(isLoopbackHost(host), expected));

  for (const [headers, expected] of [
    [{host: 'localhost:8080'}, false], [{host: 'localhost:8080', origin: 'http://localhost:8080'}, false],
    [{host: 'localhost:8080', origin: 'http://localhost:3000'}, true], [{host: 'localhost:8080', origin: 'null'}, true],
    [{'host': 'localhost', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors'}, true],
    [{'host': 'localhost', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate'}, false],
    [{'host': 'localhost', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors'}, false],
  ] as const)
    it(`${JSON.stringify(headers)} is ${expected ? '' : 'not '}foreign`, () =>
      assert.equal(isForeignPage(headers), expected));
});

describe('signing in', () => {
  it('this machine is the administrator without a token', async () => {
    const {status, json} = await current();
    assert.deepEqual([status, json.login], [200, 'admin']);
  });

  it('another machine, or another name of this one, needs a token', async () => {
    assert.equal((await current({remoteAddress: '10.0.0.9'})).status, 401);
    const rebound = await current({headers: {host: 'evil.example'}});
    assert.equal(rebound.status, 401);
    assert.deepEqual([rebound.json['#type'], rebound.json.code, rebound.headers['api-error']], ['ApiError', '401',
      'true']);
    const {json: {token}} = await server.request({method: 'POST', url: '/api/users/login/dev'});
    const signed = await current({remoteAddress: '10.0.0.9', headers: {host: 'evil.example', authorization: token}});
    assert.equal(signed.json.login, 'admin');
  });

  it('a page of another origin is refused, with and without the user\'s cookie', async () => {
    const {json: {token}} = await server.request({method: 'POST', url: '/api/users/login/dev'});
    for (const cookie of ['', `auth=${token}`]) {
      for (const foreign of [{'origin': 'http://evil.example'}, {'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'no-cors'}])
        assert.equal((await current({headers: {cookie, ...foreign}})).status, 403);
    }
  });

  it('a token of an earlier run counts as none', async () => {
    assert.equal((await current({headers: {cookie: 'auth=long-ago'}})).json.login, 'admin');
    assert.equal((await current({remoteAddress: '10.0.0.9', headers: {cookie: 'auth=long-ago'}})).status, 401);
  });
});

describe('switching the user', () => {
  const open = (url: string, headers: Record<string, string> = {}) =>
    server.request({method: 'GET', url, headers: {accept: 'text/html', ...headers}});

  it('sets a cookie that scripts cannot read, and loads the page without the parameter', async () => {
    const {status, headers} = await open('/apps/chart/x?a=1&user=ANN&b=2');
    assert.deepEqual([status, headers.location], [302, '/apps/chart/x?a=1&b=2']);
    const cookie = String(headers['set-cookie']);
    assert.match(cookie, /^auth=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    const {json} = await current({headers: {cookie: cookie.split(';')[0]}});
    assert.deepEqual([json.login, json.friendlyName], ['ann', 'Ann']);
    const session = await server.request({method: 'GET', url: '/api/users/sessions/current',
      headers: {cookie: cookie.split(';')[0]}});
    assert.equal(session.json.user.login, 'ann');
  });

  it('back to the administrator', async () => {
    const {headers} = await open('/?user=admin', {cookie: 'auth=x'});
    assert.match(String(headers['set-cookie']), /^auth=; .*Expires=Thu, 01 Jan 1970/);
  });

  it('an unknown login is told in plain words', async () => {
    const {status, text, headers} = await open('/?user=%3Cb%3Enobody');
    assert.deepEqual([status, text], [404, 'There is no user with login "<b>nobody"']);
    assert.match(String(headers['content-type']), /^text\/plain/);
    assert.equal(headers['set-cookie'], undefined);
  });

  it('is not done by a link on another site, nor from another machine', async () => {
    assert.equal((await open('/?user=ann', {'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate'})).status,
      403);
    const {json: {token}} = await server.request({method: 'POST', url: '/api/users/login/dev'});
    const remote = await server.request({method: 'GET', url: '/?user=ann', remoteAddress: '10.0.0.9',
      headers: {authorization: token}});
    assert.equal(remote.headers['set-cookie'], undefined);
  });

  it('never leads to another host', async () => {
    for (const url of ['//evil.example/?user=ann', '/a/..//evil.example?user=ann', '/\\evil.example?user=ann'])
      assert.match(String((await open(url)).headers.location), /^\/(?!\/)/, url);
  });
});

describe('pages', () => {
  const html = {accept: 'text/html'};
  it('every address of the client gives the page, forbidding scripts from elsewhere', async () => {
    for (const url of ['/', '/apps/chart/one/two', '/users', '/index.html']) {
      const {status, text, headers} = await server.request({method: 'GET', url, headers: html});
      assert.deepEqual([status, text], [200, '<!doctype html><title>Page</title>'], url);
      assert.match(String(headers['content-security-policy']), /default-src 'self'; script-src 'self' 'unsafe-eval';/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
  });

  it('the client\'s files are served, and a missing one is missing', async () => {
    const found = await server.request({method: 'GET', url: '/client/client.js'});
    assert.deepEqual([found.status, found.text, found.headers['content-type']],
      [200, 'start();', 'text/javascript; charset=utf-8']);
    const again = await server.request({method: 'GET', url: '/client/client.js',
      headers: {'if-none-match': String(found.headers.etag)}});
    assert.deepEqual([again.status, again.text], [304, '']);
    for (const url of ['/client/none.js', '/client/..%2f..%2fpackages/open/.env', '/%2e%2e/packages/open/package.json'])
      assert.notEqual((await server.request({method: 'GET', url, headers: {accept: '*/*'}})).text.includes('PASSWORD'),
        true);
    assert.equal((await server.request({method: 'GET', url: '/client/none.js', headers: html})).status, 404);
  });

  it('the core is served compressed from where npm put it', async () => {
    const {status, headers} = await server.request({method: 'GET', url: '/core/grok_shared.dart.js',
      headers: {'accept-encoding': 'gzip'}});
    assert.deepEqual([status, headers['content-encoding'], headers['content-type']],
      [200, 'gzip', 'text/javascript; charset=utf-8']);
    assert.ok(Number(headers['content-length']) < 2_000_000);
  });

  it('a call that the host does not know is refused by its name', async () => {
    for (const [method, url] of [['GET', '/api/nonsense'], ['POST', '/api/admin/email'], ['DELETE',
      '/api/users/1']] as const) {
      const {status, json} = await server.request({method, url});
      assert.deepEqual([status, json], [501, {'#type': 'ApiError', 'code': '501',
        'message': `This host does not answer ${method} ${url}`}]);
    }
  });
});
