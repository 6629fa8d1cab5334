// Subscriptions, by graphql-ws and graphql-sse as clients: the contract's Live, and
// what happens to one article.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createClient as overWebSocket } from 'graphql-ws'
import { createClient as overEvents } from 'graphql-sse'
import WebSocket from 'ws'

const url = process.argv[2] + '/graphql'
const token = process.argv[3]
const live = readFileSync(new URL('../../graph/testdata/contract/live.graphql', import.meta.url), 'utf8')

async function ask(query, variables) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  assert.equal(errors, undefined)
  return data
}

let made = 0
async function create() {
  const input = { title: 'Live story ' + ++made, body: 'The ferry sails again. '.repeat(40), section: 'Live', language: 'en' }
  const { createArticle } = await ask('mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id slug } } }', { input })
  return createArticle.article
}

function publish(id) {
  return ask('mutation ($id: ID!) { publishArticle(input: { id: $id }) { article { id } userErrors { message } } }', { id })
}

// subscribe collects the answers of a subscription.
function subscribe(client, query, variables) {
  const s = { answers: [], ended: undefined }
  s.done = new Promise((resolve) => {
    s.stop = client.subscribe(
      { query, variables },
      {
        next: (answer) => s.answers.push(answer),
        error: (e) => resolve((s.ended = e)),
        complete: () => resolve((s.ended = 'complete')),
      },
    )
  })
  return s
}

// until asks until it holds, one question after another.
async function until(what, holds) {
  for (const end = Date.now() + 60_000; !(await holds()); ) {
    assert.ok(Date.now() < end, 'still waiting for ' + what)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const websocket = overWebSocket({ url: url.replace('http', 'ws'), retryAttempts: 0, webSocketImpl: WebSocket, connectionParams: { Authorization: 'Bearer ' + token } })
const events = overEvents({ url, retryAttempts: 0, headers: { authorization: 'Bearer ' + token } })

const changes = 'subscription Changes($id: ID!) { articleChanged(id: $id) { title } }'
for (const client of [websocket, events]) {
  const draft = await create()
  const all = subscribe(client, live)
  const here = subscribe(client, live, { where: { section: { eq: 'live' } } })
  const elsewhere = subscribe(client, live, { where: { section: { eq: 'elsewhere' } } })
  const changed = subscribe(client, changes, { id: draft.id })
  // A subscription is not acknowledged, so the first events are sent until they arrive.
  await until('the first event', async () => {
    await publish((await create()).id)
    return all.answers.length > 0 && here.answers.length > 0
  })
  await publish(draft.id)
  const got = (s) => s.answers.map((a) => a.data.articlePublished)
  await until('the draft', () => [all, here].every((s) => got(s).some((a) => a.slug === draft.slug)))
  await until('the change', () => changed.answers.length === 1)
  await ask('mutation ($id: ID!) { updateArticle(input: { id: $id, set: { title: "Changed" } }) { article { id } } }', { id: draft.id })
  await until('the second change', () => changed.answers.length === 2)
  await ask('mutation ($id: ID!) { publishArticle(input: { id: $id, at: "2099-01-01T00:00:00.000Z" }) { article { id } } }', { id: draft.id })
  await until('the end', () => changed.answers.length === 3)
  assert.deepEqual(changed.answers.map((a) => a.data.articleChanged?.title ?? null).slice(1), ['Changed', null])
  assert.deepEqual(elsewhere.answers, [])
  all.stop(), here.stop(), elsewhere.stop(), changed.stop()
  await Promise.all([all.done, here.done, elsewhere.done, changed.done])
}

// A filter that cannot be is refused, and so is a subscription under a token that
// is revoked: at the next event.
const wrong = subscribe(events, live, { where: { title: { contains: 'x'.repeat(100_000) } } })
await wrong.done

const { createToken } = await ask('mutation { createToken(input: { name: "guest", role: READER }) { token { id } secret } }')
const guest = overEvents({ url, retryAttempts: 0, headers: { authorization: 'Bearer ' + createToken.secret } })
const watching = subscribe(guest, live)
await until('an event for the guest', async () => {
  await publish((await create()).id)
  return watching.answers.length > 0
})
await ask('mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id } } }', { id: createToken.token.id })
await until('the end for the guest', async () => {
  await publish((await create()).id)
  return watching.ended !== undefined
})
assert.equal(watching.answers.at(-1).errors[0].extensions.code, 'UNAUTHENTICATED')
await websocket.dispose()
guest.dispose(), events.dispose()
