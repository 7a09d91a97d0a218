import { createHash } from 'node:crypto'

/** SHA-256 of a value's JSON with sorted keys: the same body has the same hash however it was written. */
export const canonicalHash = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('base64url')

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
