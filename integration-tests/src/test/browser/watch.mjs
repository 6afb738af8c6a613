// Watches a rollout in the widget, halts it by its button, and restores what it hurt.
// Usage: node watch.mjs URL CHROMIUM PICTURES. Time in the lab passes only when this asks for it, by a line
// "pass MINUTES" on standard output, which is answered by a line when it has passed. "unavailable: WHY" as the
// first line means that there is no browser, "done" as the last one that all was as it should be.
import assert from 'node:assert/strict';
import { hostScene } from './host.mjs';
import { open } from './screen.mjs';

const NEXT_RELEASE = -1;
const HOSTILE_NAMES = -2;
const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=2</script>';

const [url, chromium, pictures] = process.argv.slice(2);
const screen = await open(url, chromium, pictures);

async function goodRollout() {
  await screen.page.goto(url);
  await screen.seen(screen.page.locator('h2'), '1 rollout is under way');
  await screen.page.locator('#refresh').selectOption('0');
  await screen.pass(100);
  await screen.seen(screen.badge, 'RUNNING');
  await screen.seen(screen.card.locator('.rf-rings li'), 'proven');
  await screen.picture('rollout');
  await screen.theme('dark');
  await screen.picture('rollout-dark');
  await screen.theme('light');
  await screen.pass(600);
  await screen.seen(screen.badge, 'SUCCEEDED');
}

async function haltByButton() {
  await screen.pass(NEXT_RELEASE);
  for (let minutes = 0; minutes < 15 && !(await screen.card.innerText()).includes('in flight'); minutes++) {
    await screen.pass(1);
  }
  await screen.pass(1);
  await screen.seen(screen.badge, 'RUNNING');
  await screen.write('anna', HOSTILE);
  assert.match(await screen.press('Halt'), /^Halt falcon-content 2026\.11\.03\.2 for good\?/);
  await screen.picture('question');
  await screen.answer(false);
  await screen.pass(0);
  await screen.seen(screen.badge, 'RUNNING');
  await screen.write('anna', HOSTILE);
  await screen.press('Halt');
  await screen.answer(true);
  await screen.seen(screen.notice, 'is halted: no further machine gets it');
  await screen.seen(screen.badge, 'HALTING');
  await screen.picture('halt');
  await nothingHasRun([HOSTILE]);
}

async function restore() {
  await screen.pass(40);
  await screen.seen(screen.badge, 'AFTERCARE');
  await screen.button('Plan a restore').click();
  await screen.seen(screen.notice, 'This would replace the root volumes of');
  await screen.picture('restore-plan');
  await screen.theme('dark');
  await screen.button('Plan a restore').click();
  await screen.seen(screen.notice, 'This would replace the root volumes of');
  await screen.press('Confirm the restore');
  await screen.picture('question-dark');
  await screen.answer(true);
  await screen.seen(screen.notice, 'The restore has begun');
  await screen.theme('light');
  await screen.pass(60);
  await screen.seen(screen.card.locator('.rf-badge'), 'restored');
  await screen.pass(600);
  await screen.seen(screen.badge, 'HALTED');
  await screen.seen(screen.page.locator('section'), 'Ended lately');
  await screen.picture('halted');
  await screen.theme('dark');
  await screen.picture('halted-dark');
  await screen.theme('light');
}

async function hostileNames() {
  await screen.pass(HOSTILE_NAMES);
  await screen.seen(screen.card, 'machine');
  await screen.picture('hostile-names');
  const written = ['product', 'version', 'ring', 'zone', 'alarm', 'reason', 'machine', 'evidence'];
  await nothingHasRun(written.map((what) => `"><img src=x onerror="window.hurt='${what}'">${what}`));
}

/** What somebody wrote is read as it stands. */
async function nothingHasRun(written) {
  assert.equal(await screen.page.evaluate(() => window.hurt), undefined, 'what was written has run');
  assert.equal(await screen.widget.locator('img, script').count(), 0, 'what was written became an element');
  const text = await screen.widget.innerText();
  for (const each of written) {
    assert.ok(text.includes(each), `${each} is not shown as it was written`);
  }
}

let failure;
try {
  await goodRollout();
  await haltByButton();
  await restore();
  await hostileNames();
  screen.quiet();
  // Not quiet: the browser tells of each script in the made-up answers that it did not run.
  await hostScene(screen);
  console.log('done');
} catch (wrong) {
  failure = wrong;
  console.log(wrong.stack);
  process.exitCode = 1;
} finally {
  await screen.close(failure);
}
