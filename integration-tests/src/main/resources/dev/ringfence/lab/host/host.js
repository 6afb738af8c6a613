'use strict';

// What the CloudWatch console does around a custom widget: it invokes the function, removes what
// could run from the answer, shows it, and lets cwdb-action elements act on the element before them.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_interactivity.html

const at = (id) => document.getElementById(id);
const FORBIDDEN = 'script, iframe, use, object, embed, link, meta, base';

let paused = false;
let calling = false;
let timer = 0;

function context() {
  const all = {};
  for (const field of at('widget').querySelectorAll('input[name], select[name], textarea[name]')) {
    all[field.name] = field.value;
  }
  const minutes = -new Date().getTimezoneOffset();
  const box = at('widget').getBoundingClientRect();
  return {
    dashboardName: 'lab',
    widgetId: 'widget-1',
    accountId: '000000000000',
    locale: 'en',
    timezone: { label: minutes === 0 ? 'UTC' : 'Local', offsetInMinutes: minutes },
    theme: at('theme').value,
    title: 'Ringfence',
    forms: { all },
    params: {},
    width: Math.round(box.width),
    height: Math.round(box.height),
  };
}

async function invoke(endpoint, payload) {
  const call = { payload: { ...payload, widgetContext: context() } };
  if (endpoint) {
    call.function = endpoint;
  }
  const answer = await fetch('/widget/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ringfence-lab': 'dashboard' },
    body: JSON.stringify(call),
  });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  return answer.json();
}

function clean(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  page.querySelectorAll(FORBIDDEN).forEach((element) => element.remove());
  for (const element of page.querySelectorAll('*')) {
    for (const attribute of [...element.attributes]) {
      if (attribute.name.startsWith('on') || /^\s*javascript:/i.test(attribute.value)) {
        element.removeAttribute(attribute.name);
      }
    }
  }
  return [...page.head.children, ...page.body.childNodes];
}

function show(html, place) {
  place.replaceChildren(...clean(html));
  place.querySelectorAll('cwdb-action').forEach(bind);
}

function bind(action) {
  const element = action.previousElementSibling;
  if (!element) {
    return;
  }
  element.addEventListener(action.getAttribute('event') || 'click', async () => {
    const message = action.getAttribute('confirmation');
    if (message && !(await confirmed(message))) {
      return;
    }
    const content = action.textContent;
    const popup = action.getAttribute('display') === 'popup';
    if (action.getAttribute('action') !== 'call') {
      place(content, popup);
      return;
    }
    const payload = JSON.parse(content);
    await look(action.getAttribute('endpoint'), payload, popup);
    // An answer stays until somebody asks for the page again; it would be gone in two seconds.
    paused = Object.keys(payload).length > 0;
    state();
  });
}

function place(html, popup) {
  if (popup) {
    show(html, at('answer'));
    at('popup').showModal();
  } else {
    show(html, at('widget'));
  }
}

function confirmed(message) {
  at('question').textContent = message;
  at('confirm').showModal();
  return new Promise((resolve) => {
    const end = (answer) => {
      at('confirm').close();
      resolve(answer);
    };
    at('yes').onclick = () => end(true);
    at('no').onclick = () => end(false);
    at('confirm').oncancel = () => resolve(false);
  });
}

// Whoever reads the page by ear is told to wait as well.
function busy(now) {
  calling = now;
  at('widget').setAttribute('aria-busy', String(now));
}

async function look(endpoint, payload, popup) {
  busy(true);
  try {
    place(await invoke(endpoint, payload), popup);
    state();
  } catch (failure) {
    at('state').textContent = 'The function failed: ' + failure.message;
  } finally {
    busy(false);
  }
}

function state() {
  at('state').textContent = paused ? 'An answer is shown; Refresh goes on.' : '';
}

// Whoever is about to press or to write something must not lose it to a refresh.
function isBusy() {
  const active = document.activeElement;
  return paused || calling || at('confirm').open || at('popup').open
    || (at('widget').contains(active) && active.matches('input, select, textarea'));
}

function schedule() {
  clearInterval(timer);
  const every = Number(at('refresh').value);
  if (every > 0) {
    timer = setInterval(() => isBusy() || look(null, {}, false), every);
  }
}

at('theme').addEventListener('change', () => {
  document.body.dataset.theme = at('theme').value;
  paused = false;
  look(null, {}, false);
});
at('refresh').addEventListener('change', schedule);
at('close').addEventListener('click', () => at('popup').close());
schedule();
look(null, {}, false);
