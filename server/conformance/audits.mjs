// Every audit of graphql-http: MUST, SHOULD and MAY.
import { auditServer } from 'graphql-http'

const results = await auditServer({ url: process.argv[2] + '/graphql' })
const failed = results.filter((r) => r.status !== 'ok')
for (const r of failed) console.error(`${r.status}: ${r.id} ${r.name}: ${r.reason}`)
console.log(`${results.length - failed.length} of ${results.length} audits pass`)
process.exit(results.length < 50 || failed.length > 0 ? 1 : 0)
