#!/usr/bin/env node
// The executable that PRISMA_SCHEMA_ENGINE_BINARY names.
import { runWithPinnedNode } from './run-with-pinned-node.mjs'

if (process.features.typescript) {
  const { runSchemaEngine } = await import('./run-schema-engine.ts')
  await runSchemaEngine(process.argv.slice(2))
} else {
  runWithPinnedNode()
}
