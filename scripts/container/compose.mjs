import { parse } from 'yaml'

/** compose.yaml with its anchors merged and `${NAME}`, `${NAME:?message}` or `${NAME:-}` replaced from `env`; throws on a gap. */
export function readCompose(text, env) {
  const filled = (value) =>
    value.replace(/\$\{([A-Z_]+)(:\?[^}]*|:-)?\}/g, (_, name, rule) => {
      if (!env[name] && rule !== ':-') throw new Error(`compose.yaml wants ${name}`)
      return env[name] ?? ''
    })
  return parse(text, (_, value) => (typeof value === 'string' ? filled(value) : value), { merge: true })
}

/** The names that compose.yaml takes from .env, sorted. */
export function wantedFromEnv(text) {
  return [...new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name))].sort()
}

/** The variables of an env file: NAME=value lines, comments skipped. */
export function readEnvFile(text) {
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line))
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))
}

/** The services that run our image, by name. */
export function ourServices(compose) {
  const ours = Object.entries(compose.services).filter(([, { image }]) => image.startsWith('fieldback:'))
  return Object.fromEntries(ours)
}
