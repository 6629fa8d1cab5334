// Against a server with --playground read-only.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './browser.mjs'
import { data, run, write } from './playground.mjs'

const browser = useBrowser()

test('a playground that only reads offers no token and sends no mutation', () =>
  browser.visit('/playground', async (page) => {
    await data(page)
    await page.getByText('Read only').waitFor()
    assert.equal(await page.getByLabel('Token').count(), 0)
    assert.equal(await page.getByRole('region', { name: 'Edit', exact: true }).count(), 0)
    const asked = []
    page.on('request', (request) => asked.push(request.postData() ?? ''))
    await write(page, 'operation', 'mutation Nothing { __typename }')
    const { errors } = await run(page)
    assert.match(errors[0].message, /only reads/)
    assert.deepEqual(asked.filter((body) => body.includes('mutation')), [])
  }))
