/** Of the system, and of Postgres: it shuts down or starts, its connection broke, a standby had to let go of what was read. */
const LOST = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|57P0|08|40001)/
const LOST_WITHOUT_CODE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Whether an error says that Postgres, or the way to it, is away, rather than that something was wrong with what was asked. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && LOST.test(error.code)) return true
  return LOST_WITHOUT_CODE.test(error.message) || isLostConnection(error.cause)
}
