// Against a server with --no-introspection.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './browser.mjs'
import { data } from './playground.mjs'

const browser = useBrowser()

test('the page says so when introspection is off, and queries run all the same', () =>
  browser.visit('/playground', async (page) => {
    await page.getByText('Introspection is off on this server.').waitFor()
    assert.ok((await data(page)).article.title)
    assert.equal(await page.getByRole('link', { name: 'Schema' }).count(), 0)
  }))
