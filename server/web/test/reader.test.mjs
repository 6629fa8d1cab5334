import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { transformWithOxc } from 'vite'
import { accessible, origin, useBrowser } from './browser.mjs'

const browser = useBrowser()
const wall = '/articles/the-wall-is-shut'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const marked = (page) => page.evaluate(() => [...(CSS.highlights.get('source') ?? [])].join(''))
const ask = (page, query, variables) => page.evaluate(([query, variables]) => fetch('/graphql', {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }),
}).then((r) => r.json()).then((a) => a.data), [query, variables])

for (const path of ['/', wall, `${wall}?summary=bullets`, '/articles/le-rozavel-prend-la-mer', '/sections/sport', '/tags/lifeboat', '/authors/maud-penhale', '/search', '/search?q=harbour', '/search?q=zyzzyva']) {
  test(`${path} is for everybody, on a desk and on a phone, in light and dark`, async () => {
    for (const options of [{}, { ...phone, colorScheme: 'dark' }]) {
      await browser.visit(path, async (page) => {
        await accessible(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(overflow <= 0, `${path} is ${overflow}px wider than the window`)
        assert.equal(await page.locator('h1').count(), 1, 'first headings')
      }, options)
    }
  })
}

test('a page that is not there says so', () =>
  browser.visit('/', async (page) => {
    // Chromium complains of every 404 in the console; only the body is of interest here.
    await page.route('**/articles/nothing', async (route) => {
      const response = await route.fetch()
      assert.equal(response.status(), 404)
      await route.fulfill({ response, status: 200 })
    })
    await page.goto(origin + '/articles/nothing')
    assert.equal(await page.locator('h1').textContent(), 'Page not found')
    await accessible(page)
    await page.getByRole('link', { name: 'Go to the front page' }).click()
    await page.locator('.lead').waitFor()
  }))

test('the summary opens in place, closes, and comes in other lengths', () =>
  browser.visit(wall, async (page) => {
    const above = page.getByRole('region', { name: 'Summary', exact: true })
    const button = above.getByRole('button', { name: 'No time to read? Get a summary' })
    assert.equal(await button.getAttribute('aria-expanded'), 'false')
    await button.click()
    const { article } = await ask(page, 'query Q { article(by: {slug: "the-wall-is-shut"}) { short: summary(length: SHORT) { text } bullets: summary(length: BULLETS) { sentences { text } } } }')
    const sentences = above.locator('.sentences li')
    await sentences.first().waitFor()
    assert.equal((await sentences.allTextContents()).join(' '), article.short.text)
    await above.getByRole('link', { name: 'In points' }).click()
    await above.locator('[data-shows="BULLETS"] li').first().waitFor()
    await assertSoon(async () => assert.deepEqual(await sentences.allTextContents(), article.bullets.sentences.map(({ text }) => text)))
    assert.equal(new URL(page.url()).pathname, wall)
    await accessible(page)
    // Opened below the text, it closes above.
    const below = page.getByRole('region', { name: 'Summary below the text' })
    await below.getByRole('button').click()
    await below.locator('.sentences li').first().waitFor()
    assert.equal(await sentences.first().isVisible(), false)
    await below.getByRole('link', { name: 'Close' }).click()
    assert.equal(await below.locator('.panel').isVisible(), false)
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'No time to read? Get a summary')
  }))

test('a sentence of the summary marks its source and brings it into view', () =>
  browser.visit(wall, async (page) => {
    await page.getByRole('button', { name: 'No time to read?' }).first().click()
    await page.getByRole('link', { name: 'Longer' }).first().click()
    await page.locator('[data-shows="LONG"] a').first().waitFor()
    const last = page.locator('.sentences a').last()
    const wanted = await last.textContent()
    for (const point of [() => last.hover(), () => last.focus()]) {
      await page.evaluate(() => { CSS.highlights.clear(); document.activeElement.blur(); scrollTo(0, 0) })
      await page.mouse.move(0, 0)
      await point()
      await assertSoon(async () => {
        assert.equal(await marked(page), wanted)
        const [top, bottom, panel, height] = await page.evaluate(() => {
          const source = [...CSS.highlights.get('source')][0].getBoundingClientRect()
          return [source.top, source.bottom, document.querySelector('.panel').getBoundingClientRect().bottom, innerHeight]
        })
        assert.ok(top >= panel && bottom <= height, `the source stands from ${top} to ${bottom}, below the panel at ${panel}, in a window of ${height}`)
      })
    }
  }))

test('every sentence of every summary is found in its article', () =>
  browser.visit('/', async (page) => {
    // The module itself, in the page: what the API says is compared with what it finds in the HTML.
    const { code } = await transformWithOxc(readFileSync(new URL('../reader/source.ts', import.meta.url), 'utf8'), 'source.ts')
    await page.evaluate(code.replace('export class Letters', 'window.Letters = class Letters').replace(/^export .*$/m, ''))
    let after = null
    let sentences = 0
    do {
      const { articles } = await ask(page, `query Q($after: String) { articles(first: 25, after: $after) {
        nodes { slug html: body(format: HTML) text: body(format: TEXT)
          brief: summary(length: BRIEF) { ...S } short: summary { ...S } bullets: summary(length: BULLETS) { ...S } long: summary(length: LONG) { ...S } }
        pageInfo { hasNextPage endCursor } } }
        fragment S on Summary { sentences { start end } }`, { after })
      const lost = await page.evaluate((nodes) => nodes.flatMap(({ slug, html, text, brief, short, bullets, long }) => {
        const body = document.createElement('div')
        body.innerHTML = html
        const letters = new window.Letters(body)
        return [brief, short, bullets, long].flatMap((s) => s?.sentences ?? []).flatMap(({ start, end }) => {
          const plain = (s) => s.replace(/[\s“”;]+/g, '')
          const found = letters.find(text, start, end)?.toString() ?? ''
          return [plain(found) === plain(text.slice(start, end)) ? '' : `${slug}: ${text.slice(start, end)} is found as ${found}`]
        })
      }), articles.nodes)
      sentences += lost.length
      assert.deepEqual(lost.filter(Boolean), [])
      after = articles.pageInfo.hasNextPage ? articles.pageInfo.endCursor : null
    } while (after)
    assert.ok(sentences > 500, `only ${sentences} sentences were looked for`)
  }))

test('what differs between HTML and plain text does not mislead', () =>
  browser.visit('/', async (page) => {
    const { code } = await transformWithOxc(readFileSync(new URL('../reader/source.ts', import.meta.url), 'utf8'), 'source.ts')
    await page.evaluate(code.replace('export class Letters', 'window.Letters = class Letters').replace(/^export .*$/m, ''))
    for (const [html, text, sentence, found] of [
      ['<p>It broke.</p><p>It <em>broke</em> again. It broke.</p>', 'It broke.\n\nIt broke again. It broke.', [27, 36], 'It broke.'],
      ['<p>She said <q>it held</q>, and left.</p>', 'She said “it held”, and left.', [0, 29], 'She said it held, and left.'],
      ['<p>One<sup id="fnref:1"><a>1</a></sup> two.</p>', 'One two.', [0, 8], 'One1 two.'],
      ['<table><tr><td>Wall</td><td>5.3 m</td></tr></table>', 'Wall; 5.3 m', [0, 11], 'Wall5.3 m'],
      ['<p>A 𝄞 key. “𝒳 holds.” Yes.</p>', 'A 𝄞 key. “𝒳 holds.” Yes.', [10, 22], '“𝒳 holds.”'],
      ['<pre>Held.</pre><p>So. Held.</p>', 'So. Held.', [4, 9], 'Held.'],
      ['<p>Nothing of it.</p>', 'Something else.', [0, 15], ''],
    ]) {
      const got = await page.evaluate(([html, text, [start, end]]) => {
        const body = document.createElement('div')
        body.innerHTML = html
        return new window.Letters(body).find(text, start, end)?.toString() ?? ''
      }, [html, text, sentence])
      assert.equal(got, found, html)
    }
  }))

test('the search box completes what is typed', () =>
  browser.visit('/', async (page) => {
    const box = page.getByRole('combobox', { name: 'Search' })
    await box.pressSequentially('penh')
    const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
    await options.first().waitFor()
    assert.equal(await box.getAttribute('aria-expanded'), 'true')
    await accessible(page)
    await page.keyboard.press('ArrowDown')
    assert.equal(await options.first().getAttribute('aria-selected'), 'true')
    assert.equal(await box.getAttribute('aria-activedescendant'), await options.first().getAttribute('id'))
    await page.keyboard.press('Escape')
    await options.first().waitFor({ state: 'detached' })
    await box.press('End')
    await box.pressSequentially('a')
    await page.getByRole('option', { name: /Maud Penhale/ }).click()
    await page.getByRole('heading', { name: 'Maud Penhale', level: 1 }).waitFor()
  }))

test('search mends what is misspelt, and is narrowed down', () =>
  browser.visit('/search?q=harbuor', async (page) => {
    assert.match(await page.locator('.meant').textContent(), /harbour/)
    const total = () => page.locator('.title > p').last().textContent().then((text) => Number.parseInt(text))
    await page.getByRole('link', { name: 'harbour', exact: true }).click()
    await page.getByRole('heading', { name: '“harbour”' }).waitFor()
    const all = await total()
    const filters = page.getByRole('navigation', { name: 'Narrow down' })
    const town = filters.getByRole('link', { name: /^Town/ })
    const count = Number((await town.textContent()).match(/\d+/)[0])
    await town.click()
    await page.waitForURL(/section=town/)
    assert.equal(await total(), count)
    assert.ok(count < all)
    for (const kicker of await page.locator('.stories .kicker').allTextContents()) assert.equal(kicker, 'Town')
    await filters.locator('[aria-current]').click()
    await page.waitForURL((url) => !url.search.includes('section'))
    assert.equal(await total(), all)
  }))

test('related articles say why, and lead on', () =>
  browser.visit(wall, async (page) => {
    const cards = page.getByRole('region', { name: 'Read on' }).locator('article')
    assert.equal(await cards.count(), 6)
    for (const reason of await cards.locator('.reason').allTextContents()) assert.match(reason, /^(Also (about|in)|Both mention|By the same|The same story|Published)/)
    const title = await cards.first().locator('h3').textContent()
    await cards.first().getByRole('link', { name: title }).click()
    await page.getByRole('heading', { name: title, level: 1, exact: true }).waitFor()
  }))

test('previous and next lead along the archive and back', () =>
  browser.visit(wall, async (page) => {
    const title = await page.locator('h1').textContent()
    await page.getByRole('navigation', { name: 'Previous and next' }).getByRole('link', { name: 'Previous' }).click()
    await assertSoon(async () => assert.notEqual(await page.locator('h1').textContent(), title))
    await page.getByRole('navigation', { name: 'Previous and next' }).getByRole('link', { name: 'Next' }).click()
    await page.getByRole('heading', { name: title, level: 1, exact: true }).waitFor()
  }))

test('more stories load in place, and are there when the reader comes back', () =>
  browser.visit('/', async (page) => {
    const stories = page.locator('[data-list] > li')
    const before = await stories.count()
    for (let pages = 0; pages < 2; pages++) {
      const had = await stories.count()
      await page.getByRole('link', { name: 'More stories' }).click()
      await assertSoon(async () => assert.ok((await stories.count()) > had))
    }
    assert.equal(page.url(), origin + '/')
    const count = await stories.count()
    assert.ok(count > before)
    const links = await page.locator('main h2 a, main h3 a').evaluateAll((all) => all.map((a) => a.pathname))
    assert.equal(new Set(links).size, links.length, 'a story stands on the page twice')
    const link = stories.nth(count - 5).locator('h3 a')
    await link.scrollIntoViewIfNeeded()
    const height = await page.evaluate(() => scrollY)
    await link.click()
    await page.locator('.story').waitFor()
    await page.goBack()
    await assertSoon(async () => assert.deepEqual([await stories.count(), await page.evaluate(() => scrollY)], [count, height]))
  }))

test('without JavaScript everything is there', () =>
  browser.visit(wall, async (page) => {
    await page.getByRole('link', { name: 'No time to read? Get a summary' }).first().click()
    const first = page.locator('.sentences a').first()
    const wanted = await first.textContent()
    assert.ok((await page.locator('.body').textContent()).includes(wanted))
    assert.match(await first.getAttribute('href'), /^#:~:text=/)
    await page.getByRole('link', { name: 'In points' }).first().click()
    await page.locator('[data-shows="BULLETS"] li').nth(2).waitFor()
    await page.getByRole('link', { name: 'Close' }).first().click()
    await page.waitForURL(origin + wall)
    await page.goto(origin + '/')
    await page.getByRole('link', { name: 'More stories' }).click()
    await page.waitForURL(/\?after=/)
    await page.getByRole('searchbox', { name: 'Search' }).fill('lifeboat')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('.stories li mark').first().waitFor()
  }, { javaScriptEnabled: false }))

test('the keyboard is enough', () =>
  browser.visit(wall, async (page) => {
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the stories')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
    const reach = async (name) => {
      for (let i = 0; i < 20; i++) {
        await page.keyboard.press('Tab')
        if ((await page.evaluate(() => document.activeElement.textContent.trim())) === name) return
      }
      assert.fail(`${name} is not reached by the Tab key`)
    }
    await reach('No time to read? Get a summary')
    await page.keyboard.press('Enter')
    await page.locator('.sentences a').first().waitFor()
    await reach(await page.locator('.sentences a').first().textContent())
    await assertSoon(async () => assert.notEqual(await marked(page), ''))
  }))

test('the front page is small and does not shift', () =>
  browser.visit('/search', async (page) => {
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    let bytes = 0
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await page.goto(origin + '/')
    await page.waitForLoadState('networkidle')
    const shift = await page.evaluate(() => new Promise((resolve) => {
      let sum = 0
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: 'layout-shift', buffered: true })
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 100)))
    }))
    assert.equal(shift, 0, 'layout shift')
    assert.ok(bytes > 10_000 && bytes < 60_000, `the front page takes ${bytes} bytes`)
    console.log(`front page: ${bytes} bytes`)
  }))

test('a story that is published while the page is open announces itself', { skip: !process.env.NUTGRAPH_TOKEN && 'there is no token' }, () =>
  browser.visit('/', async (page) => {
    const edit = async (query, variables) => {
      const response = await fetch(origin + '/graphql', {
        method: 'POST', body: JSON.stringify({ query, variables }),
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${process.env.NUTGRAPH_TOKEN}` },
      })
      const { data, errors } = await response.json()
      assert.equal(errors, undefined)
      return data
    }
    const follows = page.waitForResponse((response) => response.url().includes('articlePublished'))
    await page.reload()
    assert.equal((await follows).status(), 200)
    assert.equal(await page.getByRole('link', { name: 'new stor' }).count(), 0)
    const { createArticle } = await edit('mutation C($input: CreateArticleInput!) { createArticle(input: $input) { article { id } userErrors { message } } }', {
      input: { title: 'Tide comes in <twice>', body: 'It did.' },
    })
    assert.deepEqual(createArticle.userErrors, [])
    const { id } = createArticle.article
    await edit('mutation P($id: ID!) { publishArticle(input: { id: $id }) { userErrors { message } } }', { id })
    await page.getByRole('status').getByRole('link', { name: '1 new story' }).click()
    await page.getByRole('link', { name: 'Tide comes in <twice>' }).waitFor()
    await accessible(page)
  }))

/** Tries until it holds, for half a minute at most. */
async function assertSoon(check) {
  for (let patience = 600; ; patience--) {
    try {
      return await check()
    } catch (error) {
      if (!patience) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
