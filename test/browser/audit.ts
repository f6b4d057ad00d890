/** What is wrong with a page by WCAG 2.2 AA, as far as a program can tell. Runs in the page, so it is a text. */
import type { Page } from 'playwright-core';

const AUDIT = `(() => {
  const problems = [];
  const seen = (element) => element.checkVisibility() && !element.classList.contains('said');
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const label = (element) => element.tagName.toLowerCase() + ' "' + element.textContent.trim().slice(0, 40) + '"';

  if (document.documentElement.scrollWidth > innerWidth) problems.push('scrolls sideways: ' + document.documentElement.scrollWidth + ' > ' + innerWidth);
  if (!document.documentElement.lang) problems.push('no language');
  if (!document.title.trim()) problems.push('no title');
  if (all('main').length !== 1 || all('h1').length !== 1) problems.push('not one main and one h1');
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size < ids.length) problems.push('an id stands twice');

  let level = 0;
  for (const heading of all('h1,h2,h3,h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) problems.push('heading jumps: ' + label(heading));
    level = next;
  }
  for (const section of all('section')) {
    if (!document.getElementById(section.getAttribute('aria-labelledby') ?? '')) problems.push('a section without a name');
  }
  for (const control of all('a[href],button,input:not([type=hidden])')) {
    const { width, height } = control.getBoundingClientRect();
    if (!control.textContent.trim()) problems.push('without a name: ' + control.outerHTML.slice(0, 80));
    if (width < 44 || height < 44) problems.push('too small to tap, ' + width + ' x ' + height + ': ' + label(control));
  }
  if (document.querySelector('[tabindex]:not([tabindex="-1"])')) problems.push('an order of focus of its own');

  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  for (const element of all('main, main *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!hasText) continue;
    const contrast = ratio(channels(getComputedStyle(element).color), behind(element));
    if (contrast < 4.5) problems.push('contrast ' + contrast.toFixed(2) + ': ' + label(element));
  }
  for (const element of all('*')) {
    const { transitionDuration, animationName } = getComputedStyle(element);
    if (transitionDuration !== '0s' || animationName !== 'none') problems.push('moves: ' + label(element));
  }
  return problems;
})()`;

export const auditOf = (page: Page): Promise<readonly string[]> => page.evaluate<readonly string[]>(AUDIT);
