type Server = { readonly url: string; readonly dataDir: string }

/** The servers of this run, one for each of Playwright's workers; none when Playwright was started by hand. */
export const servers: readonly Server[] = JSON.parse(process.env.E2E_SERVERS ?? '[]')

/** The server of this worker: whoever runs the journeys has the first. */
export const ownServer: Server | undefined = servers[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]
