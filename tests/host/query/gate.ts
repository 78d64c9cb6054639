import net from 'node:net';

/** A door before a database: open it passes everything, shut it cuts what runs and refuses what comes. */
export interface Gate {
  url: string;
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

/** Puts a door before the database at `url`, to see what happens when the database goes away and comes back. */
export async function gateBefore(url: string): Promise<Gate> {
  const target = new URL(url);
  const sockets = new Set<net.Socket>();
  let isOpen = true;
  const server = net.createServer((socket) => {
    if (!isOpen)
      return void socket.destroy();
    const behind = net.connect(Number(target.port), target.hostname.replace(/^\[|\]$/g, ''));
    for (const [one, other] of [[socket, behind], [behind, socket]]) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gated = new URL(url);
  gated.hostname = '127.0.0.1';
  gated.port = String((server.address() as net.AddressInfo).port);
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: gated.href,
    shut: () => {
      isOpen = false;
      cut();
    },
    open: () => {
      isOpen = true;
    },
    close: () => new Promise((resolve) => {
      cut();
      server.close(() => resolve());
    }),
  };
}
