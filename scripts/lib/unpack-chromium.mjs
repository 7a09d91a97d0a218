// Unpacks the Chromium of npm into the temporary folder of its own environment and prints where it is. A program of
// its own because the package reads its surroundings while it is being imported.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [, , manifest] = process.argv
const { resolve } = createRequire(manifest)
const { default: chromium } = await import(pathToFileURL(resolve('@sparticuz/chromium')).href)
process.stdout.write(await chromium.executablePath())
