import {readFile, stat} from 'node:fs/promises';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import type {FastifyReply, FastifyRequest} from 'fastify';

const compress = promisify(gzip);

/**
 * Serves one large text file compressed once and kept in memory: compressing eight megabytes anew for every page would
 * cost more than all the rest of loading it. Answers 304 to browsers that have the file.
 */
export function compressedFile(file: string, type: string) {
  let made: Promise<{plain: Buffer; packed: Buffer; tag: string}> | undefined;
  const make = async () => {
    const [plain, {size, mtimeMs}] = await Promise.all([readFile(file), stat(file)]);
    return {plain, packed: await compress(plain), tag: `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`};
  };
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const {plain, packed, tag} = await (made ??= make());
    reply.header('etag', tag).header('cache-control', 'no-cache').header('vary', 'accept-encoding').type(type);
    if (request.headers['if-none-match']?.includes(tag))
      return reply.code(304).send();
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
      return reply.send(plain);
    return reply.header('content-encoding', 'gzip').send(packed);
  };
}
