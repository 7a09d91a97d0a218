import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { readCopy, readVariables } from './dockerfile.mjs'

/**
 * Makes the stages of the Dockerfile as folders under `scratch`, without a container engine: COPY copies what
 * .dockerignore lets through, and RUN is done by the first of `runs` (`[pattern, work]`) that matches, where work gets
 * `{ folder, env, command, root }`. A RUN that none matches throws. Answers the last stage's folder.
 */
export function buildStages({ stages, root, scratch, ignored, runs }) {
  const folders = new Map()
  for (const stage of stages) {
    const folder = join(scratch, stage.name.replaceAll(' ', '-'))
    const base = folders.get(stage.from)
    if (base) copy(base.folder, folder)
    else mkdirSync(folder, { recursive: true })
    const state = { folder, workingDir: base?.workingDir ?? '/', env: { ...base?.env } }
    for (const step of stage.steps) applyStep({ step, state, root, ignored, folders, runs })
    folders.set(stage.name, state)
  }
  return folders.get(stages.at(-1).name).folder
}

function applyStep({ step, state, root, ignored, folders, runs }) {
  if (step.verb === 'ENV') Object.assign(state.env, readVariables(step.text))
  if (step.verb === 'WORKDIR') {
    state.workingDir = step.text
    mkdirSync(join(state.folder, step.text), { recursive: true })
  }
  if (step.verb === 'COPY') applyCopy({ ...readCopy(step.text), state, root, ignored, folders })
  if (step.verb !== 'RUN') return
  const [, work] = runs.find(([pattern]) => pattern.test(step.text)) ?? []
  if (!work) throw new Error(`Nothing here knows how to RUN ${step.text}`)
  work({
    folder: join(state.folder, state.workingDir),
    image: state.folder,
    env: state.env,
    command: step.text,
    root,
  })
}

function applyCopy({ from, sources, target, state, root, ignored, folders }) {
  const into = join(state.folder, target.startsWith('/') ? target : join(state.workingDir, target))
  const severalOrFolder = sources.length > 1 || target.endsWith('/')
  for (const source of sources) {
    const path = from ? join(folders.get(from).folder, source) : join(root, source)
    if (!existsSync(path)) throw new Error(`COPY: ${source} does not exist${from ? ` in ${from}` : ''}`)
    if (!from && ignored(source)) throw new Error(`COPY: ${source} is kept out by .dockerignore`)
    const isFile = lstatSync(path).isFile()
    const destination = isFile && severalOrFolder ? join(into, source.split('/').at(-1)) : into
    copy(path, destination, (each) => from || !ignored(relative(root, each).split(sep).join('/')))
  }
}

function copy(source, destination, wanted = () => true) {
  mkdirSync(dirname(destination), { recursive: true })
  cpSync(source, destination, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (each) => each === source || wanted(each),
  })
}

/** Runs a RUN's command for real, in the stage's folder, with the stage's variables and this Node. */
export function runForReal({ folder, env, command }) {
  const told = spawnSync('sh', ['-c', command], { cwd: folder, env: surroundings(env), encoding: 'utf8' })
  if (told.status !== 0) throw new Error(`RUN ${command} failed:\n${told.stdout}${told.stderr}`)
}

/** What a container has beside its own variables: a PATH that begins with this Node. */
export function surroundings(env) {
  return { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...env }
}

/**
 * Stands for `pnpm install`: links, in each package of the stage, what its package.json asks for and the checkout has
 * installed. With `production` nothing else is there, so that a program that wants a development dependency fails.
 */
export function linkModules({ folder, root, production }) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(join(root, 'node_modules', '.pnpm'), join(folder, 'node_modules', '.pnpm'))
  for (const place of packageFolders(folder)) {
    const manifest = JSON.parse(readFileSync(join(folder, place, 'package.json'), 'utf8'))
    const names = Object.keys({ ...manifest.dependencies, ...(production ? {} : manifest.devDependencies) })
    for (const name of names) linkModule({ folder, root, place, name })
  }
}

function packageFolders(folder) {
  const under = ['apps', 'packages'].flatMap((parent) =>
    readdirSync(join(folder, parent)).map((name) => join(parent, name)),
  )
  return ['.', 'prisma', ...under].filter((place) => existsSync(join(folder, place, 'package.json')))
}

function linkModule({ folder, root, place, name }) {
  const real = realpathSync(join(root, place, 'node_modules', name))
  const link = join(folder, place, 'node_modules', name)
  const inside = relative(root, real)
  const ours = !inside.startsWith('..') && !inside.split(sep).includes('node_modules')
  mkdirSync(dirname(link), { recursive: true })
  // A package of ours must be the stage's copy, or a forgotten COPY would not be noticed.
  symlinkSync(ours ? relative(dirname(link), join(folder, inside)) : real, link)
}
