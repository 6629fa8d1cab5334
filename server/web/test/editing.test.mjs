import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './browser.mjs'
import { data, facts, run, text } from './playground.mjs'

const browser = useBrowser()

/** Opens an example from the panel. */
async function open(page, title, start) {
  await page.getByRole('region', { name: 'Examples' }).getByRole('button', { name: title }).click()
  await page.waitForFunction((start) => window.__MONACO.editor.getModels().some((model) => model.getValue().includes(start)), start)
}

test('with a token a draft is made, published, and seen by those who follow', () =>
  browser.visit('/playground', async (page) => {
    await data(page)
    const follower = await page.context().newPage()
    await follower.goto(page.url())
    await data(follower)
    await open(follower, /^Live/, 'subscription Live')
    await follower.getByRole('button', { name: /^Execute query/ }).click()
    await follower.getByText('none yet, listening').waitFor()

    await page.getByText('These need the token of an editor.').waitFor()
    await page.getByLabel('Token').fill(process.env.NUTGRAPH_TOKEN)
    await page.getByText('These need the token of an editor.').waitFor({ state: 'detached' })
    await open(page, /^Create draft/, 'mutation CreateDraft')
    const { createArticle } = (await run(page)).data
    assert.deepEqual(createArticle.userErrors, [])
    assert.equal(createArticle.article.status, 'DRAFT')
    await open(page, /^Publish/, 'mutation Publish')
    assert.equal(JSON.parse(await text(page, 'variables')).id, createArticle.article.id)
    const { publishArticle } = (await run(page)).data
    assert.deepEqual(publishArticle.userErrors, [])
    assert.equal(publishArticle.article.status, 'PUBLISHED')

    await follower.getByText('1, listening').waitFor()
    assert.equal((await data(follower)).articlePublished.slug, publishArticle.article.slug)
    await follower.getByRole('button', { name: /^Stop query/ }).click()
    await follower.getByText('1, stopped').waitFor()
    assert.match((await facts(follower)).Cost, /^\d+ of 30,000$/)
  }))

test('without a token, and with a wrong one, the answer says what is missing', () =>
  browser.visit(
    '/playground',
    async (page) => {
      await data(page)
      await open(page, /^Create draft/, 'mutation CreateDraft')
      assert.equal((await run(page)).errors[0].extensions.code, 'UNAUTHENTICATED')
      await page.getByLabel('Token').fill('nobody-gave-this-out')
      assert.equal((await run(page)).errors[0].extensions.code, 'UNAUTHENTICATED')
    },
    { expected: /status of 401/ },
  ))
