import { chromium } from '@playwright/test';
import { mkdtemp } from 'node:fs/promises';
import { openInChromium } from './fixtures/desktop.ts';
import { openOffice } from './fixtures/office.ts';
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { textFrom } from './fixtures/webhooks.ts';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false });
const office = await openOffice(await mkdtemp('/tmp/dbg/gw-'));
const d = await openInChromium(browser, { userDataDir: await mkdtemp('/tmp/dbg/d-'), gateway: office.url });
try {
  const { page } = d;
  page.on('console', (m) => console.log('console', m.type(), m.text()));
  page.on('pageerror', (m) => console.log('pageerror', m.stack));
  page.on('websocket', (ws) => {
    ws.on('framereceived', (f) => {
      const s = String(f.payload);
      if (s.includes('"items"') || s.includes('"event":"changed"')) console.log('<', s.slice(0, 700));
    });
    ws.on('framesent', (f) => {
      const s = String(f.payload);
      if (s.includes('thread') || s.includes('read')) console.log('>', s.slice(0, 300));
    });
  });
  await page.reload();
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await office.post(textFrom({ name: 'Selma Lagerlöf', waId: '46701234567' }, 'Do you ship?'));
  await openConversation(page, 'Selma');
  await new Promise((r) => setTimeout(r, 2000));
  const log = page.getByRole('log', { name: 'Messages' });
  console.log(await log.innerHTML());
  console.log(await log.evaluate((l) => [l.scrollTop, l.scrollHeight, l.clientHeight]));
} finally {
  await d.close();
  await office.close();
  await browser.close();
}
