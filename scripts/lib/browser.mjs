import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandEnv } from './child-env.mjs'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { cacheFile } from './workspace-cache.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const LIBRARY_FOLDER = join('al2023', 'lib')

/** Flags for a Chromium that runs as any user, without a screen, and that calls nobody. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * A Chromium for the browser tests: one that is installed, else the one from npm, which brings its own libraries.
 * Answers `{ path, env }`, where `env` is what it needs beside the usual. Throws a Failure when none runs.
 */
export async function findBrowser({ root, env }) {
  const installed = installedPaths(env).find((path) => existsSync(path) && runs(path, env, {}))
  if (installed) return { path: installed, env: {} }
  const packaged = await unpackOnce(root, env)
  if (packaged && runs(packaged.path, env, packaged.env)) return packaged
  throw new Failure(
    'No Chromium runs here; install one, such as with apt-get install chromium, then run the tests again.',
  )
}

function installedPaths(env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC]
}

function runs(path, env, extra) {
  const asked = spawnSync(path, ['--version', '--no-sandbox'], {
    env: commandEnv(env, extra),
    timeout: 20_000,
    encoding: 'utf8',
  })
  return asked.status === 0 && /Chrom/.test(asked.stdout)
}

/** The Chromium of npm, unpacked once per version beside the checkout; null where there is none for this machine. */
async function unpackOnce(root, env) {
  const manifest = join(root, 'e2e', 'package.json')
  const installed = join(root, 'e2e', 'node_modules', '@sparticuz', 'chromium', 'package.json')
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(installed)) return null
  const folder = cacheFile(root, `chromium-${JSON.parse(readFileSync(installed, 'utf8')).version}`)
  await withLock(cacheFile(root, 'chromium.lock'), () => {
    if (!existsSync(folder)) unpack({ manifest, folder, env })
  })
  const libraries = join(folder, LIBRARY_FOLDER)
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

function unpack({ manifest, folder, env }) {
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft)
  // The name of a Lambda makes the package unpack the system libraries that a bare machine lacks.
  const surroundings = commandEnv(env, { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' })
  const program = fileURLToPath(new URL('./unpack-chromium.mjs', import.meta.url))
  const done = spawnSync(process.execPath, [program, manifest], { env: surroundings, encoding: 'utf8' })
  if (done.status !== 0)
    throw new Failure('The Chromium of npm could not be unpacked.', done.stderr.split('\n').slice(-6))
  // Its own list of font folders names places that only exist on a Lambda.
  writeFileSync(join(draft, 'fonts.conf'), fontConfiguration(folder))
  renameSync(draft, folder)
}

function fontConfiguration(path) {
  const folder = path.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(folder, 'fonts')}</dir>`,
    '  <dir>/usr/share/fonts</dir>',
    `  <cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n')
}
