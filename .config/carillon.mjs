#!/usr/bin/env node
await import('./build.mjs')
await import('../dist/src/cli/main.js')
