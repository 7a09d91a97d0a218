#!/usr/bin/env node
// Runs the Prisma CLI with our schema engine, from any folder: node prisma/engine/prisma.mjs migrate deploy
import module, { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runWithPinnedNode } from './run-with-pinned-node.mjs'

if (process.features.typescript) runPrisma()
else runWithPinnedNode()

function runPrisma() {
  const engineFolder = path.dirname(fileURLToPath(import.meta.url))
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(engineFolder, 'schema-engine.mjs')
  process.env.CHECKPOINT_DISABLE ??= '1'
  process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1'
  // A command starts the CLI and the engine twice over: what they compile is kept for the next command.
  process.env.NODE_COMPILE_CACHE ??= path.join(engineFolder, '..', 'node_modules', '.cache', 'compiled')
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  const configNamed = process.argv.some((argument) => /^--config(=|$)/.test(argument))
  if (!configNamed) process.chdir(path.dirname(engineFolder))
  createRequire(import.meta.url)('prisma/build/index.js')
}
