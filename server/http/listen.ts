/** Opens the door: http, or https with files that are read again when they are renewed. */
import { readFileSync, unwatchFile, watchFile } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { describeFault } from "../../storage/faults.ts";

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface Door {
  readonly server: http.Server | https.Server;
  /** With the port that was really taken, without a slash at its end. */
  readonly url: string;
  /** No new connections; those that are idle end at once, the others when they are done or after `withinMs`. */
  close(withinMs?: number): Promise<void>;
}

export interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFiles | undefined;
  readonly log: Logger;
  /** How often the certificate's files are looked at. */
  readonly lookEveryMs?: number;
}

/** Starts to listen. Throws what the system says, such as `EADDRINUSE`, or that a certificate cannot be read. */
export async function openDoor(handler: http.RequestListener, options: DoorOptions): Promise<Door> {
  const { host, port, tls, log, lookEveryMs = 10_000 } = options;
  const server = tls ? https.createServer(readPair(tls), handler) : http.createServer(handler);
  const unwatch = tls ? watchPair(server as https.Server, tls, log, lookEveryMs) : () => {};
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  }).catch((fault) => {
    unwatch();
    throw fault;
  });
  // A server that listens on a host and a port has an address of this kind.
  const taken = (server.address() as AddressInfo).port;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    server,
    url: `${tls ? "https" : "http"}://${name}:${taken}`,
    close: (withinMs = 3_000) => {
      unwatch();
      return closed(server, withinMs);
    },
  };
}

function closed(server: http.Server | https.Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const readPair = ({ certFile, keyFile }: TlsFiles) => ({ cert: readFileSync(certFile), key: readFileSync(keyFile) });

/**
 * Looks at both files by their time, which also sees links that are turned to other files, as certbot's and
 * Kubernetes' are. A pair that does not fit (half renewed) changes nothing: the second file's change reads both again.
 */
function watchPair(server: https.Server, files: TlsFiles, log: Logger, interval: number): () => void {
  const renew = () => {
    try {
      server.setSecureContext(readPair(files));
      log.info("The certificate was read again");
    } catch (fault) {
      log.warn({ fault: describeFault(fault) }, "The renewed certificate does not fit yet; the one before stays");
    }
  };
  for (const file of [files.certFile, files.keyFile]) watchFile(file, { interval, persistent: false }, renew);
  return () => {
    for (const file of [files.certFile, files.keyFile]) unwatchFile(file, renew);
  };
}
