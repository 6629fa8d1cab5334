// Writes operations.ts: the types of the documents in document/, from the schema.
import { codegen } from '@graphql-codegen/core'
import * as operations from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const read = (path) => parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const files = readdirSync(new URL('document', import.meta.url)).sort()
const filename = 'operations.ts'
const types = await codegen({
  schema: read('../../../schema.graphqls'),
  documents: files.map((file) => ({ location: file, document: read(`document/${file}`) })),
  filename,
  config: {},
  pluginMap: { operations },
  plugins: [{ operations: { skipTypename: true, scalars: { ID: 'string', DateTime: 'string', URL: 'string', Locale: 'string' } } }],
})
writeFileSync(new URL(filename, import.meta.url), `// Made by generate.mjs. Do not edit.\n${types.trim()}\n`)
