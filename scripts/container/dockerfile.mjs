/**
 * Reads a Dockerfile of the kind we write: stages by name, one step a line (a backslash continues it), exec form for
 * CMD and HEALTHCHECK. Answers `[{ name, from, steps: [{ verb, text }] }]`; throws on what it does not know, since an
 * instruction that is not understood is not checked.
 */
export function readDockerfile(text) {
  const stages = []
  for (const line of logicalLines(text)) {
    const [, verb, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (!KNOWN.has(verb)) throw new Error(`Dockerfile: "${line}" is not understood`)
    if (verb === 'FROM') stages.push(readFrom(rest, stages.length))
    else stages.at(-1)?.steps.push({ verb, text: rest })
  }
  return stages
}

const KNOWN = new Set(['FROM', 'ENV', 'WORKDIR', 'RUN', 'COPY', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD'])

function logicalLines(text) {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

function readFrom(rest, index) {
  const [from, as, name] = rest.split(/\s+/)
  return { name: as === 'AS' ? name : `stage ${index}`, from, steps: [] }
}

/** `{ from, sources, target }` of a COPY: `from` is a stage's name, or null for the context. */
export function readCopy(text) {
  const words = text.split(/\s+/)
  const flag = words[0].startsWith('--') ? words.shift() : null
  if (flag && !flag.startsWith('--from=')) throw new Error(`Dockerfile: COPY ${flag} is not understood`)
  const target = words.pop()
  return { from: flag?.slice('--from='.length) ?? null, sources: words, target }
}

/** The variables of an ENV line of the form A=1 B=2. */
export function readVariables(text) {
  return Object.fromEntries(text.split(/\s+/).map((pair) => pair.split(/=(.*)/s).slice(0, 2)))
}

/** The words of a CMD or of a HEALTHCHECK's CMD in exec form. */
function readCommand(text) {
  return JSON.parse(text.slice(text.indexOf('[')))
}

/** What a container of the last stage is started with, unless its service says otherwise. */
export function imageDefaults(stages) {
  const last = stages.at(-1)
  const texts = (verb) => last.steps.filter((step) => step.verb === verb).map((step) => step.text)
  return {
    env: Object.assign({}, ...texts('ENV').map(readVariables)),
    workingDir: texts('WORKDIR').at(-1),
    user: texts('USER').at(-1),
    ports: texts('EXPOSE').map(Number),
    command: readCommand(texts('CMD').at(-1) ?? '[]'),
    health: readCommand(texts('HEALTHCHECK').at(-1) ?? '[]'),
  }
}
