import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { Refusal } from "../setup/say.mjs";

/**
 * Makes sure that all that will be listened on is free.
 *
 * @param {{ port: number, host: string, mediaPort: number, mediaWorkers: number, listenIp: string }} settings
 * @throws Refusal with the name of the variable to change
 */
export async function refuseTakenPorts({ port, host, mediaPort, mediaWorkers, listenIp }) {
  const page = await tcpProblem(port, host);
  if (page) throw new Refusal(webSentence(page, port, host));
  if (mediaPort === 0) return;
  for (let media = mediaPort; media < mediaPort + mediaWorkers; media++) {
    const problem = (await tcpProblem(media, listenIp)) ?? (await udpProblem(media, listenIp));
    if (problem) throw new Refusal(mediaSentence(problem, media, listenIp));
  }
}

function webSentence(code, port, host) {
  if (code === "EADDRINUSE") return `Port ${port} on ${host} is in use by another program: stop that, or set PORT.`;
  if (code === "EACCES") return `Port ${port} may not be used by an ordinary user: set PORT to one above 1023.`;
  return `HOST must be an address of this machine, but ${host} is not (${code}).`;
}

function mediaSentence(code, port, listenIp) {
  if (code === "EADDRINUSE") return `Media port ${port} is in use by another program: stop that, or set MEDIA_PORT.`;
  if (code === "EACCES")
    return `Media port ${port} may not be used by an ordinary user: set MEDIA_PORT to one above 1023.`;
  return `LISTEN_IP must be an address of this machine, but ${listenIp} is not (${code}).`;
}

/** @returns {Promise<string | undefined>} the system's code for why not */
export function tcpProblem(port, host) {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", (fault) => settle(fault.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => settle(undefined)));
  });
}

/** @returns {Promise<string | undefined>} the system's code for why not */
export function udpProblem(port, address) {
  return new Promise((settle) => {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    socket.once("error", (fault) => {
      socket.close();
      settle(fault.code);
    });
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => settle(undefined)));
  });
}

/** @returns {Promise<number>} a port that was free a moment ago */
export function freePort(host) {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host }, () => {
      const { port } = server.address();
      server.close(() => settle(port));
    });
  });
}
