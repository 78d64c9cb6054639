type Handler = (...args: any[]) => void;

/**
 * The core's door to WebSockets: one socket per function call. Text must arrive as bytes.
 *
 * A socket that fails must say `open`, then `error`, then `close`, each in its own turn; otherwise the core waits for
 * ever (an error before `open`, or after `close`, is lost). So a dead server rejects the call instead of hanging it.
 */
class CallSocket {
  private readonly handlers = new Map<string, Handler>();
  private readonly socket: WebSocket;
  private opened = false;
  private closedByUs = false;
  private ended = false;

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    const text = new TextEncoder();
    this.socket.onopen = () => this.open();
    this.socket.onmessage = ({data}) => typeof data === 'string' ?
      this.tell('message', text.encode(data), false) : this.tell('message', new Uint8Array(data), true);
    this.socket.onclose = ({code, reason}) => this.end(code, reason);
  }

  on(event: string, handler: Handler): void {this.handlers.set(event, handler);}

  send(data: string | ArrayBufferView<ArrayBuffer>): void {
    if (this.socket.readyState === WebSocket.OPEN)
      this.socket.send(data);
  }

  close(): void {
    this.closedByUs = true;
    this.socket.close();
  }

  private tell(event: string, ...args: any[]): void {this.handlers.get(event)?.(...args);}

  private open(): void {
    if (this.opened)
      return;
    this.opened = true;
    this.tell('open');
  }

  private end(code: number, reason: string): void {
    if (this.ended)
      return;
    this.ended = true;
    if (this.closedByUs) {
      this.tell('close', code, reason);
      return;
    }
    this.open();
    setTimeout(() => this.tell('error', reason || 'The connection to the server was lost'), 0);
    setTimeout(() => this.tell('close', code, reason), 20);
  }
}

/** Opens a call socket; `tables=columnar` asks the server for the compact form that only this client reads. */
export function createWebSocket(url: string): CallSocket {
  return new CallSocket(`${url}${url.includes('?') ? '&' : '?'}tables=columnar`);
}
