// The lab's page does around the widget what the CloudWatch console does, as its documentation says:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_interactivity.html
// Made-up answers stand in for the function here, since ours uses only a part of it.
import assert from 'node:assert/strict';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:ringfence-widget';

const WIDGET = `
  <form><input name="reason" value="a reason"><select name="ring"><option>dev</option></select>
    <textarea name="note">a note</textarea></form>
  <a class="btn" id="popup-html">a</a><cwdb-action action="html" display="popup"><p>only shown</p></cwdb-action>
  <a class="btn" id="popup-call">b</a><cwdb-action action="call" display="popup" endpoint="${ARN}">{"n":1}</cwdb-action>
  <a class="btn" id="double">c</a><cwdb-action action="call" event="dblclick" endpoint="${ARN}">{"n":2}</cwdb-action>
  <a class="btn" id="hover">d</a><cwdb-action action="html" event="mouseenter"><p>in its place</p></cwdb-action>`;

const UNSAFE = `<script>window.hurt = 1</script><iframe src="about:blank"></iframe>
  <p id="left" onclick="window.hurt = 2">left</p><a id="link" href="javascript:window.hurt=3">link</a>
  <svg><use href="#left"></use></svg>`;

export async function hostScene(screen) {
  const asked = [];
  let answer = WIDGET;
  await screen.page.route('**/widget/call', (route) => {
    asked.push(route.request().postDataJSON());
    return route.fulfill({ json: answer });
  });
  await screen.page.reload();
  await screen.page.locator('#refresh').selectOption('0');
  const { page } = screen;

  await page.locator('#popup-html').click();
  await screen.seen(page.locator('#answer'), 'only shown');
  await page.locator('#close').click();

  answer = UNSAFE;
  await page.locator('#popup-call').click();
  await screen.seen(page.locator('#answer'), 'left');
  assert.equal(asked.at(-1).function, ARN);
  assert.equal(asked.at(-1).payload.n, 1);
  const context = asked.at(-1).payload.widgetContext;
  assert.deepEqual(context.forms, { all: { reason: 'a reason', ring: 'dev', note: 'a note' } });
  assert.equal(context.theme, 'light');
  assert.deepEqual(context.timezone, { label: 'UTC', offsetInMinutes: 0 });
  assert.equal(await page.locator('#answer').locator('script, iframe, use').count(), 0);
  assert.equal(await page.locator('#left').getAttribute('onclick'), null);
  assert.equal(await page.locator('#link').getAttribute('href'), null);
  await page.locator('#left').click();
  await page.locator('#link').click();
  assert.equal(await page.evaluate(() => window.hurt), undefined, 'the page ran what it should remove');
  assert.equal(await page.locator('#popup-html').count(), 1, 'the widget stays behind a popup');
  await page.locator('#close').click();

  const before = asked.length;
  answer = WIDGET;
  await page.locator('#double').click();
  assert.equal(asked.length, before, 'one click is no double click');
  await Promise.all([screen.called(), page.locator('#double').dblclick()]);
  assert.equal(asked.at(-1).payload.n, 2);
  await page.reload();
  await page.locator('#hover').dispatchEvent('mouseenter');
  await screen.seen(screen.widget, 'in its place');
}
