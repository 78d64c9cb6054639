import type {IncomingHttpHeaders} from 'node:http';

/** Whether a peer's address is on this machine. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(address ?? '');

/** Whether a `Host` header names this machine. A page behind a re-bound DNS name sends its own name here. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]';
}

/**
 * Whether the request was made by a page of another origin. Browsers tell by `Origin` (always for WebSockets and
 * POST) or `Sec-Fetch-Site`. Following a link from elsewhere is not meant: that is the user's own doing.
 */
export function isForeignPage(headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined)
    return headers.origin.replace(/^https?:\/\//, '').toLowerCase() !== headers.host?.toLowerCase();
  return isFromElsewhere(headers) && headers['sec-fetch-mode'] !== 'navigate';
}

/** Whether another site led to this request, be it by a link. */
export const isFromElsewhere = (headers: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
