import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers a call that is its own; false when it is not, and nothing was read or written then. */
export type Direct = (request: IncomingMessage, response: ServerResponse) => boolean

type Meeting = { readonly registered: Promise<Direct>; readonly register: (direct: Direct) => void }

// The server and what Next has built are two sets of modules in one process: they meet here.
const shared = globalThis as typeof globalThis & { fieldbackDirect?: Meeting }

/** `registered` settles once Next has started what it has built. */
export function direct(): Meeting {
  shared.fieldbackDirect ??= meeting()
  return shared.fieldbackDirect
}

function meeting(): Meeting {
  let register: Meeting['register'] = () => {}
  const registered = new Promise<Direct>((resolve) => {
    register = resolve
  })
  return { registered, register }
}
