import type {FastifyInstance} from 'fastify';

/**
 * Nothing is loaded from other machines, and no inline script runs: text from the log that got into a page as markup
 * would still do nothing. `unsafe-eval` is needed by the compiled core, which makes its JavaScript wrappers by `eval`;
 * inline styles by what builds elements with styles.
 */
const CONTENT_POLICY = [
  `default-src 'self'`,
  `script-src 'self' 'unsafe-eval'`,
  `worker-src 'self' blob:`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self' data:`,
  `connect-src 'self' data: blob:`,
  `object-src 'none'`, `base-uri 'self'`, `form-action 'self'`, `frame-ancestors 'self'`,
].join('; ');

/** Headers of every answer. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
}
