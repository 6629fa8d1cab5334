import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { accessible, origin, useBrowser } from './browser.mjs'
import { answer, data, examples, facts, run, text, write } from './playground.mjs'

const browser = useBrowser()
const permissions = ['clipboard-read', 'clipboard-write']
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText())
const tab = (page, name) => page.getByRole('tablist').getByText(name, { exact: true })

test('each query among the examples answers as soon as its tab is opened', () =>
  browser.visit('/playground', async (page) => {
    for (const { name, kind, query } of examples) {
      if (kind !== 'query') continue
      await tab(page, name).click()
      await page.waitForFunction((query) => window.__MONACO?.editor.getModels()[0].getValue() === query, query)
      for (const [field, value] of Object.entries(await data(page))) assert.notEqual(value, null, `${name}: ${field} is null`)
      const { Time, Size } = await facts(page)
      assert.match(Time, /^[\d.]+ (ms|s)$/, name)
      assert.match(Size, /^[\d.]+ (B|kB)/, name)
    }
    assert.equal(await page.getByRole('tab').count(), examples.filter(({ kind }) => kind !== 'mutation').length)
  }))

test('an example that was closed opens again from the panel', () =>
  browser.visit('/playground', async (page) => {
    await data(page)
    await page.getByRole('button', { name: 'Close Tab' }).first().click()
    await tab(page, 'ArticlePage').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Article page/ }).click()
    assert.equal((await data(page)).article.title, 'Ferry to Port-Brévenec will end on 31 January')
  }))

test('a query is clicked together in the explorer', () =>
  browser.visit('/playground', async (page) => {
    await data(page)
    await page.getByRole('button', { name: 'New tab' }).click()
    await page.getByRole('button', { name: 'Show Explorer' }).click()
    const tree = page.locator('.graphiql-explorer-root')
    for (const path of ['.graphiql-explorer-tags', '.graphiql-explorer-tags .graphiql-explorer-nodes', '.graphiql-explorer-tags .graphiql-explorer-nodes .graphiql-explorer-name']) {
      await tree.locator(`${path} > [data-field-name]`).first().click()
    }
    await page.waitForFunction(() => /tags\s*{\s*nodes\s*{\s*name/.test(window.__MONACO.editor.getModels()[0].getValue()))
    const { data: found } = await run(page)
    assert.ok(found.tags.nodes.length > 3, JSON.stringify(found))
  }))

test('a link carries query and variables to another browser, and no token', async () => {
  let link
  await browser.visit(
    '/playground',
    async (page) => {
      await data(page)
      await page.getByLabel('Token').fill('a-secret-token')
      await write(page, 'request-headers', '{ "X-Secret": "a-secret-header" }')
      await write(page, 'operation', 'query Mine($first: Int) { tags(first: $first) { nodes { slug } } }')
      await write(page, 'variables', '{ "first": 2 }')
      await page.getByRole('button', { name: /^Share/ }).click()
      await page.getByText('Copied a link').waitFor()
      link = await clipboard(page)
      assert.equal(page.url(), link)
      assert.ok(link.startsWith(`${origin}/playground#`), link)
      assert.ok(!link.includes('secret'), link)
    },
    { permissions },
  )
  await browser.visit(link.slice(origin.length), async (page) => {
    await page.waitForFunction(() => window.__MONACO?.editor.getModels()[0].getValue().startsWith('query Mine'))
    assert.equal((await run(page)).data.tags.nodes.length, 2)
    assert.equal(page.url(), `${origin}/playground`)
    await page.evaluate((link) => location.assign(link.replace('Mine', 'Other')), link)
    await page.waitForFunction(() => window.__MONACO?.editor.getModels()[0].getValue().startsWith('query Other'))
    await page.getByRole('tablist').getByText('Mine').waitFor()
  })
})

test('the token is sent, kept for the session, and written nowhere else', () =>
  browser.visit('/playground', async (page) => {
    const token = process.env.NUTGRAPH_TOKEN
    await data(page)
    await page.getByLabel('Token').fill(token)
    await write(page, 'request-headers', '{ "X-Secret": "a-secret" }')
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: { __typename: route.request().headers().authorization } } }))
    assert.equal((await run(page)).data.__typename, `Bearer ${token}`)
    // Tabs and history are written half a second after they change.
    await page.waitForFunction(() => localStorage.getItem('graphiql:queries') && localStorage.getItem('graphiql:tabState'))
    await page.waitForTimeout(1000)
    const kept = await page.evaluate(() => JSON.stringify(localStorage))
    assert.ok(!kept.includes(token) && !kept.includes('a-secret'), kept)
    await page.unroute('**/graphql')
    await page.reload()
    assert.ok((await data(page)).article.title, 'what stood in front does so again, with its variables')
    assert.equal(await page.getByLabel('Token').inputValue(), token)
    await page.getByRole('button', { name: 'Forget' }).click()
    assert.equal(await page.evaluate(() => sessionStorage.length), 0)
  }))

test('what is copied runs: in a shell, in JavaScript, as an address', () =>
  browser.visit(
    '/playground',
    async (page) => {
      const { article } = await data(page)
      // Quotes of all kinds, which each form has to escape.
      const query = (await text(page, 'operation')).replace('query', '# it\'s `${"quoted"}` \\n\nquery')
      await write(page, 'operation', query)
      const copied = async (form) => {
        await page.getByRole('button', { name: 'Copy as…' }).click()
        await page.getByRole('menuitem', { name: `Copy as ${form}` }).click()
        await page.getByText(`Copied ${form}`).waitFor()
        return clipboard(page)
      }
      const shell = execFileSync('sh', ['-c', `${await copied('curl')} -s`], { encoding: 'utf8' })
      assert.deepEqual(JSON.parse(shell).data.article, article)
      const call = Object.getPrototypeOf(async () => {}).constructor(`${await copied('fetch')}; return data`)
      assert.deepEqual((await call()).article, article)
      const got = await fetch(await copied('URL for GET'))
      assert.deepEqual((await got.json()).data.article, article)
    },
    { permissions },
  ))

test('documentation, history, tidying up, the theme, and a mistake', () =>
  browser.visit('/playground', async (page) => {
    await data(page)
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
    await page.getByRole('link', { name: 'SummaryLength', exact: true }).click()
    await page.getByText('How long a summary is.').waitFor()
    await page.getByRole('button', { name: 'Show History' }).click()
    await page.getByRole('button', { name: 'ArticlePage', exact: true }).waitFor()
    await write(page, 'operation', '{tags{nodes{slug}}}')
    await page.getByRole('button', { name: /^Prettify/ }).click()
    await page.waitForFunction(() => window.__MONACO.editor.getModels()[0].getValue().includes('\n    nodes {\n'))
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const before = await background()
    await page.getByRole('button', { name: 'Dark theme' }).click()
    assert.notEqual(await background(), before)
    await page.getByRole('button', { name: 'Light theme' }).waitFor()
    await write(page, 'variables', '{ "slug": ')
    const { errors } = await run(page)
    assert.match(errors[0].message, /^Request not sent. Variables/)
  }))

test('everybody can use it, in light and dark, and on a telephone', () =>
  browser.visit('/playground', async (page) => {
    for (const { width, height, colorScheme } of [
      { width: 1280, height: 800, colorScheme: 'light' },
      { width: 1280, height: 800, colorScheme: 'dark' },
      { width: 390, height: 844, colorScheme: 'light' },
    ]) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await data(page)
      // GraphiQL nests the button that closes a tab in the tab.
      await accessible(page, { exclude: ['[role=tablist]'] })
      const needed = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(needed <= width, `the page is ${needed} pixels wide, the window ${width}`)
    }
  }))
