import { webAddress } from './servers.mjs'

/** What the person sees once the application serves. */
export async function announce({ settings }) {
  const lines = ['', `Fieldback is ready: ${webAddress(settings)}`, '']
  lines.push('Ctrl-C stops everything.', '')
  return `${lines.join('\n')}\n`
}
