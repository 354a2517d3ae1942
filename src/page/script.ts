// The page's one script, served from itself. Nothing needs it: it saves a keystroke here and there. Keys act only where the focus
// is, so they are in nobody's way.

export const SCRIPT = `'use strict';
(() => {
  const search = document.querySelector('#filter-text');
  const filters = document.querySelector('form.filters');
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'k' && search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
  if (filters) {
    filters.addEventListener('change', (event) => {
      if (event.target instanceof HTMLSelectElement) filters.requestSubmit();
    });
  }
  const list = document.querySelector('table.list');
  if (list) {
    list.addEventListener('keydown', (event) => {
      const links = [...list.querySelectorAll('a.name')];
      const at = links.indexOf(document.activeElement);
      if (at < 0) return;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined || !links[to]) return;
      event.preventDefault();
      links[to].focus();
    });
  }
  const form = document.querySelector('form.act');
  if (form) {
    const button = form.querySelector('button.main');
    const until = form.querySelector('.until');
    const show = () => {
      const chosen = form.querySelector('input[name=verb]:checked');
      button.textContent = chosen ? chosen.dataset.title : 'Do it';
      if (until) until.hidden = !chosen || chosen.value !== 'snooze';
    };
    form.addEventListener('change', show);
    form.addEventListener('submit', () => {
      button.setAttribute('aria-disabled', 'true');
      document.querySelector('#status').textContent = 'Under way…';
    });
    show();
  }
  const flash = document.querySelector('.flash');
  if (flash) flash.focus();
  const waiting = document.querySelector('[data-under-way]');
  if (waiting) {
    const look = async () => {
      const answer = await fetch(waiting.dataset.underWay, { headers: { accept: 'text/plain' } }).catch(() => undefined);
      if (answer && answer.ok && (await answer.text()) === 'done') location.reload();
      else setTimeout(look, 1000);
    };
    setTimeout(look, 1000);
  }
})();
`;
