import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { BROWSER_FLAGS, findBrowser } from '../lib/browser.mjs'
import { commandEnv } from '../lib/child-env.mjs'
import { timesOf } from './percentile.mjs'

/** How long `/hq` takes to show its figures in a browser, and how much script the phone's first screen and its form fetch. */
export async function measureScreens({ root, env, url, plan, password }, { open, wanted }) {
  const told = await inBrowser({ root, env }, 'open-screens.ts', {
    url,
    open: wanted.includes('hq.open.ms') ? open : 0,
    script: wanted.some((name) => name.endsWith('.js.bytes')),
    password,
    hq: plan.members.find(({ role }) => role === 'headquarters').email,
    rep: plan.reps[0].email,
  })
  const lines = []
  if (told.opened.length > 0) {
    const { n, p50, p95 } = timesOf(told.opened)
    lines.push({ name: 'hq.open.ms', value: p50, unit: 'ms', n, p50, p95, size: plan.reports })
  }
  if (told.script) {
    const { today, form } = told.script
    lines.push({ name: 'm.js.bytes', value: today.bytes, unit: 'bytes', n: today.files })
    lines.push({ name: 'form.js.bytes', value: form.bytes, unit: 'bytes', n: form.files })
  }
  return lines.filter(({ name }) => wanted.includes(name))
}

/** Playwright belongs to e2e/: the program lies there, is told what is asked, and says what it measured in one line. */
export async function inBrowser({ root, env }, program, asked) {
  const browser = await findBrowser({ root, env })
  const folder = join(root, 'e2e')
  const child = spawn(process.execPath, [join(folder, 'bench', program)], {
    cwd: folder,
    env: {
      ...commandEnv(env, browser.env),
      E2E_BROWSER: browser.path,
      E2E_BROWSER_FLAGS: BROWSER_FLAGS.join(' '),
      BENCH: JSON.stringify(asked),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) =>
      code === 0
        ? done(JSON.parse(Buffer.concat(chunks).toString('utf8')))
        : fail(new Error(`Nothing was measured by ${program} (exit code ${code}).`)),
    )
  })
}
