// Tells what changed in the schema since another commit: what is compatible, and
// what breaks clients. Ends with 1 when there are some of those and BREAKING is not
// set to yes.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { diff, CriticalityLevel } from '@graphql-inspector/core'

const since = process.argv[2] ?? 'HEAD^'
let old
try {
  old = execFileSync('git', ['show', since + ':schema.graphqls'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
} catch {
  console.log(`skipped: ${since} is not here`)
  process.exit(0)
}
const changes = await diff(buildSchema(old), buildSchema(readFileSync('schema.graphqls', 'utf8')))
const breaking = changes.filter((c) => c.criticality.level === CriticalityLevel.Breaking)
for (const c of changes) console.log(`${c.criticality.level === CriticalityLevel.Breaking ? 'BREAKING' : 'compatible'}: ${c.message}`)
console.log(`${changes.length} changes of the schema since ${since}, ${breaking.length} of them break clients`)
if (breaking.length > 0 && process.env.BREAKING !== 'yes') process.exit(1)
