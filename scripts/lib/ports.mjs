import { createServer } from 'node:net'
import { Failure } from './failure.mjs'

/** Opens and closes a listener; resolves to null when that worked, to the error code otherwise. */
function probe(port, host) {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (error) => done(error.code ?? 'UNKNOWN'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(null)))
  })
}

/** True when nothing on this machine listens on the port, on any address. */
export async function portIsFree(port) {
  // A machine without IPv6 answers EADDRNOTAVAIL or EAFNOSUPPORT for '::', which says nothing about the port.
  const codes = [await probe(port, '::'), await probe(port, '0.0.0.0'), await probe(port, '127.0.0.1')]
  return !codes.includes('EADDRINUSE') && !codes.includes('EACCES')
}

/**
 * Throws the sentence for a port that is taken or not allowed. `patience`, in milliseconds, is for a port whose holder
 * has just been stopped: the system closes a dead process's sockets a moment after the process is gone.
 */
export async function requireFreePort(port, patience = 0) {
  const start = Date.now()
  if ((await probe(port, '127.0.0.1')) === 'EACCES') {
    throw new Failure(
      `Port ${port} needs more rights than this user has; choose one above 1023, such as PORT=3000.`,
    )
  }
  for (;;) {
    if (await portIsFree(port)) return
    if (Date.now() - start >= patience) break
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Failure(
    `Port ${port} is taken by another program; stop it or choose another, such as PORT=${port < 65_535 ? port + 1 : 3000} npm start.`,
  )
}

const FIRST = 20_000
const LAST = 32_000
const TRIES = 200

/**
 * A port that was free a moment ago. Below those that systems give to outgoing connections: one of these may take a
 * port in the moment between two owners.
 */
export async function findFreePort() {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    if (await portIsFree(port)) return port
  }
  throw new Failure(`No free port between ${FIRST} and ${LAST} on this machine.`)
}
