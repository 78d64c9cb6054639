/**
 * The core's door to HTTP. The core looks the function up once and keeps it, so it has to be there before the first
 * request. It passes request headers as a plain object, and wants the body as bytes. Network failures go to `fail`;
 * HTTP errors are answers like any other.
 */
export function fetchWithCallback(url: string, params: RequestInit & {headers?: Record<string, string>},
  done: (bytes: Uint8Array, status: number, statusText: string, headers: Headers) => void,
  fail: (e: unknown) => void): void {
  const headers = new Headers();
  // The core leaves a private marker among the headers; it is not meant for the wire.
  for (const [name, value] of Object.entries(params.headers ?? {}))
    if (!name.startsWith('___dart') && value != null)
      headers.set(name, String(value));
  fetch(url, {...params, headers, credentials: 'same-origin'})
    .then(async (answer) => ({answer, bytes: new Uint8Array(await answer.arrayBuffer())}))
    .then(({answer, bytes}) => done(bytes, answer.status, answer.statusText, answer.headers), fail);
}
