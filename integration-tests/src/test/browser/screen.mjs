// A browser window on the lab's page, and what a person could do and would notice there.
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const DESKTOP = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

/** No wait of a person's is longer; the lab answers in tens of milliseconds. */
const PATIENCE = 30_000;

export async function open(url, executablePath, pictures) {
  const browser = await chromium.launch({ executablePath, headless: true, timeout: PATIENCE })
    .catch((failure) => {
      console.log('unavailable: Chromium does not start: ' + failure.message.split('\n')[0]);
      process.exit(0);
    });
  const page = await browser.newPage({ viewport: DESKTOP, timezoneId: 'UTC', locale: 'en-GB' });
  page.setDefaultTimeout(PATIENCE);
  return new Screen(browser, page, new URL(url), pictures);
}

class Screen {
  #browser;
  #pictures;
  #complaints = [];
  #answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

  constructor(browser, page, url, pictures) {
    this.#browser = browser;
    this.#pictures = pictures;
    this.page = page;
    this.url = url;
    page.on('pageerror', (error) => this.#complaints.push('script: ' + error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') {
        this.#complaints.push('console: ' + line.text());
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(url.origin + '/') && !request.url().startsWith('data:')) {
        this.#complaints.push('foreign: ' + request.url());
      }
    });
  }

  get widget() {
    return this.page.locator('#widget');
  }

  get card() {
    return this.widget.locator('section.rf-card').first();
  }

  get badge() {
    return this.card.locator('.rf-badge').first();
  }

  get notice() {
    return this.widget.locator('.rf-notice');
  }

  button(name) {
    return this.widget.getByRole('button', { name, exact: true });
  }

  /** Asks the lab to let time pass, and looks again. */
  async pass(minutes) {
    console.log('pass ' + minutes);
    await this.#answers.next();
    await Promise.all([this.called(), this.button('Refresh').click()]);
    // An answer that came is not yet one that is shown; what is written before that is lost.
    await this.page.locator('#widget[aria-busy="false"]').waitFor();
  }

  called() {
    return this.page.waitForResponse((answer) => answer.url().endsWith('/widget/call'));
  }

  async theme(name) {
    await Promise.all([this.called(), this.page.locator('#theme').selectOption(name)]);
    const ground = { light: '#ffffff', dark: '#10151c' }[name];
    await this.page.waitForFunction(
      (colour) => document.querySelector('#widget style').textContent.includes(colour), ground);
  }

  async seen(locator, text) {
    await locator.filter({ hasText: text }).first().waitFor();
  }

  async write(name, reason) {
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('Reason for the journal').fill(reason);
  }

  /** Presses a button by the keyboard, as whoever has no mouse; answers its question's text. */
  async press(label) {
    await this.button(label).focus();
    await this.page.keyboard.press('Enter');
    await this.page.locator('#confirm').waitFor();
    return this.page.locator('#question').textContent();
  }

  async answer(yes) {
    await this.page.locator(yes ? '#yes' : '#no').click();
    await this.page.locator('#confirm').waitFor({ state: 'hidden' });
  }

  async picture(name) {
    for (const [width, size] of [['desktop', DESKTOP], ['narrow', NARROW]]) {
      await this.page.setViewportSize(size);
      const cut = await this.page.evaluate(whatIsCutOff);
      assert.deepEqual(cut, [], `${name} at ${size.width} px is cut off or wider than the window`);
      await this.page.mouse.move(0, 0);
      const open = await this.page.locator('dialog[open]').count();
      const path = `${this.#pictures}/${name}-${width}.png`;
      await this.page.screenshot({ path, fullPage: open === 0 });
    }
    await this.page.setViewportSize(DESKTOP);
  }

  quiet() {
    assert.deepEqual(this.#complaints, []);
  }

  async close(failure) {
    if (failure) {
      await this.page.screenshot({ path: `${this.#pictures}/failure.png`, fullPage: true })
        .catch((unseen) => console.log('no picture of the failure: ' + unseen.message));
    }
    await this.#browser.close();
    process.stdin.destroy();
  }
}

/** Runs in the page: what a person cannot see or would have to scroll sideways for. */
function whatIsCutOff() {
  const cut = [];
  if (document.documentElement.scrollWidth > innerWidth) {
    cut.push('the page is ' + document.documentElement.scrollWidth + ' px wide');
  }
  for (const element of document.querySelectorAll('header *, #widget *, dialog[open], dialog[open] *')) {
    const box = element.getBoundingClientRect();
    const text = element.tagName + ' ' + element.textContent.slice(0, 40);
    if (box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5)) {
      cut.push(text + ' leaves the window');
    }
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible'
        && !element.matches('input, select, svg')) {
      cut.push(text + ' hides a part of itself');
    }
  }
  return cut;
}
